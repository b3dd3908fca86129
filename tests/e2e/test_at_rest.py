"""A laptop that was used, killed and switched off: no byte of anybody's data in any file that it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.test_main_job import Window, centre_and_cable
from tests.walks import sample_person

pytestmark = pytest.mark.e2e
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def needles() -> dict[str, bytes]:
    """Return what must be nowhere: name, numbers and telephone in each encoding, whole and in part."""
    person = sample_person()
    words = {person.name, person.id_number, person.id_number[:14], person.phone, person.address}
    sought = {f"{word} in {code}": word.encode(code) for word in words for code in ENCODINGS}
    # Four bytes turn up in megabytes of cipher text by chance, six do not.
    return {name: needle for name, needle in sought.items() if len(needle) >= 6}


def found_in(folders: list[Path]) -> list[str]:
    """Return which needle lies in which file."""
    sought = needles()
    hits = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                hits += [f"{name}: {path}" for name, needle in sought.items() if needle in data]
                called = bytes(path)
                hits += [f"{name}: the name of {path}" for name, needle in sought.items() if needle in called]
    return hits


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    person = sample_person()
    for code in ENCODINGS:
        (tmp_path / code).write_bytes(b"\x00" * 5000 + person.address.encode(code) + b"\xff")
        assert any(str(tmp_path / code) in hit for hit in found_in([tmp_path]))
    (tmp_path / f"{person.id_number}.jpg").touch()
    assert any("the name of" in hit for hit in found_in([tmp_path]))


@pytest.mark.timeout(240)
def test_no_byte_of_a_person_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed, captured, submitted, receipt shown, killed; opened again, sent, ended: every file is read."""
    home, temporary, data_dir = tmp_path / "home", tmp_path / "tmp", tmp_path / "window"
    for folder in (home, temporary):
        folder.mkdir()
    with centre_and_cable(tmp_path) as (_centre, cable, where):
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("TMPDIR", str(temporary))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            monkeypatch.delenv(name, raising=False)
        window = Window("submit", data_dir, *where)
        window.hear("complete")
        cable.down()
        case = window.hear("submitted")
        assert found_in([home, temporary, data_dir]) == []  # while it runs, with its log unfolded
        window.kill()
        assert found_in([home, temporary, data_dir]) == []
        cable.up()
        again = Window("again", data_dir, *where, "--application", case["application_id"])
        again.hear("held")
        assert again.end() == 0
    assert (data_dir / "jilai.db").stat().st_size > 0
    assert any((data_dir / "pages").rglob("*"))
    assert any((data_dir / "logs").iterdir())
    assert found_in([home, temporary, data_dir]) == []
    spoken = b"".join(path.read_bytes() for path in tmp_path.glob("window-*.log"))  # on standard error
    assert [name for name, needle in needles().items() if needle in spoken] == []
