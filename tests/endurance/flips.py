"""`make flips`: one bit of a data folder is changed, a thousand times: found or harmless, never fooled."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registration.errors import JilaiError, MachineError
from storage import vault
from storage.backups import make_backup
from storage.copying import note_copy_folder, noted_copy_folder
from storage.database import Store
from storage.opening import Opened, look_after_opening, open_store
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.proving import prove
from storage.repair import Mended
from storage.second_copy import make_second_copy
from storage.trust import read_trust, trusted_keys, write_trust
from storage.vault import Vault
from tests.endurance.dark_evening import ACCOUNT, PASSWORD, WEAK
from tests.storage.evening import NOW, Evening
from tests.storage.test_second_copy_ages import whole

# What mending writes down, and what a copy and an opening note about themselves.
_NOTES = {"audit", "audit_head", "audit_anchors", "number_blocks", "second_copies", "second_copy_place"}
_KINDS = ("jilai.db", "jilai.db-wal", "pages", "vault.json", "vault.json.copy", "trust.json", "settings.json",
          "reserve", "second-copy.json", "backups")  # fmt: skip
_OFTEN = (30, 25, 20, 4, 2, 4, 3, 2, 2, 4)


@dataclass(frozen=True)
class Sound:
    """A data folder as a killed program leaves it, its second copy, and the truth of what it holds."""

    data: Path
    copy: Path
    facts: dict[str, Any]
    pages: dict[str, bytes]
    trust: dict[str, Any]


def prepare(place: Path) -> Sound:
    """Fill a folder with an evening, a backup and a second copy."""
    data, copy = place / "data", place / "copy"
    opened, _ = Vault.create(data, ACCOUNT, PASSWORD)
    evening = Evening(data, vault=opened)
    evening.open_session()
    for _ in range(3):
        evening.submitted()
    evening.reopen()
    evening.add(evening.start().id, "identity")
    evening.submitted()
    note_copy_folder(data, copy)
    (data / "settings.json").write_text('{"language": "zh", "theme": "light", "text_percent": 125}')
    write_trust(data, evening.read(trusted_keys))
    evening.store.keep_reserve()
    make_backup(evening.store, data / "backups", NOW)
    make_second_copy(evening.store, evening.pages, data, copy, NOW)
    evening.submitted()  # in the log alone
    digests = evening.read(known_digests)
    facts = {name: rows for name, rows in evening.read(whole).items() if name not in _NOTES}
    sound = Sound(
        place / "as it was", copy, facts, {d: evening.pages.get(d) for d in digests}, dict(read_trust(data))
    )
    shutil.copytree(data, sound.data)  # with its log: the program is killed here
    evening.close()
    return sound


def hit(data: Path, chance: random.Random) -> str:
    """Change one bit of one byte of one file; return what kind of file it was."""
    while True:
        kind = chance.choices(_KINDS, _OFTEN)[0]
        path = data / kind
        if path.is_dir():
            path = chance.choice(sorted(p for p in path.rglob("*") if p.is_file()))
        size = path.stat().st_size
        if not size:
            continue
        with path.open("r+b") as file:
            place = chance.randrange(size)
            file.seek(place)
            byte = file.read(1)[0] ^ 1 << chance.randrange(8)
            file.seek(place)
            file.write(bytes([byte]))
        return kind


def outcome(data: Path, sound: Sound, *, with_copy: bool) -> str:
    """Start on a folder as the program does; say what became of the hit. AssertionError: fooled."""
    from ui.settings import _read as read_settings

    read_settings(data / "settings.json")
    opened = Vault.unlock(data, ACCOUNT, PASSWORD)
    noted = noted_copy_folder(data)
    assert noted in (None, sound.copy), "a note that was hit names no other folder"
    copy = noted if with_copy else None
    told: list[str] = []
    found = _open(data, opened, copy)
    store, mended = found.store, found.mended
    told += ["last_act_unread"] * found.doubtful
    try:
        pages = opened.open_pages(data / "pages")
        told += [p.code for p in look_after_opening(store, pages, data, copy)]
        told += [p.code for p in prove(store, pages, data, copy, NOW)]
        if "database_torn" in told:
            told.remove("database_torn")
            store.close()
            found = _open(data, opened, copy)
            store, mended = found.store, found.mended
            told += [p.code for p in prove(store, pages, data, copy, NOW)]
        return _judge(store, pages, data, sound, mended, told)
    finally:
        store.close()


def _open(data: Path, opened: Vault, copy: Path | None) -> Opened:
    def make_pages() -> PageFiles:
        return opened.open_pages(data / "pages")

    return open_store(data, opened.database_key, make_pages, copy, NOW)


def _judge(
    store: Store, pages: PageFiles, data: Path, sound: Sound, mended: Mended | None, told: list[str]
) -> str:
    facts = {name: rows for name, rows in store.read(whole).items() if name not in _NOTES}
    if (mended is None or mended.whole) and "last_act_unread" not in told:
        wrong = sorted(name for name in sound.facts if facts.get(name) != sound.facts[name])
        assert not wrong, f"other facts in {wrong}, and nobody was told"
    for digest in store.read(known_digests):
        try:
            assert pages.get(digest) == sound.pages[digest], "another page"
        except MachineError:
            assert {"page_damaged", "page_missing"} & set(told), "a page is lost, and nobody was told"
    assert read_trust(data) == sound.trust, "another key is trusted"
    if mended is not None and not mended.whole:
        return "an older database, said so"
    if told:
        return "told: " + ", ".join(sorted(set(told)))
    return "mended" if mended else "harmless, or mended in silence"


def flips(place: Path, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Hit a fresh copy of the folder `count` times; yield the kind of file and what became of it."""
    vault._KDF = WEAK
    sound = prepare(place)
    chance = random.Random(seed)
    for number in range(count):
        shutil.rmtree(place / "data")
        shutil.copytree(sound.data, place / "data")
        kind = hit(place / "data", chance)
        try:
            yield kind, outcome(place / "data", sound, with_copy=number % 3 != 2)
        except JilaiError as error:
            yield kind, f"refused: {error.code}"


def main(say: Callable[[str], None] = print) -> int:
    """Flip a thousand bytes; 0 when none of them passed for right."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.flips", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = Counter(flips(Path(scratch), given.count, given.seed))
    for (kind, what), times in sorted(found.items()):
        say(f"{times:5d}  {kind:16s} {what}")
    say(f"{sum(found.values())} bytes changed: none passed for right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
