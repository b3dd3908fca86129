"""Another machine takes over a second copy: proved, whole or not at all, and no number comes twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from registration.errors import InputError, MachineError
from storage import device, restore
from storage.copying import copy_folder, note_copy_folder, noted_copy_folder, set_copy_folder
from storage.database import Store
from storage.page_rows import known_digests
from storage.restore import Restored, finish_restore, look_at_copy
from storage.rows import rows, scalar
from storage.second_copy import SecondCopy
from storage.second_copy_proof import prove_copy
from storage.vault import Vault
from storage.vault_binding import bind
from tests.storage.evening import NOW, Evening
from tests.storage.file_keeper import FileKeeper

PASSWORD = "long enough"


def never_stop(_done: int, _whole: int) -> bool:
    return True


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Evening]:
    """An evening with a vault, two receipts and a second copy in `copy`."""
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    vault, _ = Vault.create(tmp_path / "data", "wang", PASSWORD)
    evening = Evening(tmp_path / "data", vault=vault)
    evening.open_session()
    evening.submitted()
    evening.submitted()
    evening.reopen()  # so that the file holds something
    copy = SecondCopy(evening.store, evening.pages, evening.folder, tmp_path / "copy")
    copy.bring_up(NOW)
    copy.release()
    yield evening
    evening.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def taken_over(tmp_path: Path) -> Store:
    vault = Vault.unlock(tmp_path / "new", "wang", PASSWORD)
    return Store.open(tmp_path / "new" / "jilai.db", vault.database_key, backups=tmp_path / "none")


def test_another_machine_goes_on_where_the_copy_was(copied: Evening, tmp_path: Path) -> None:
    copied.submitted()  # after the copy: its number is on a paper already
    before = files(tmp_path / "copy")
    found = look_at_copy(tmp_path / "copy")
    assert (found.at, found.pages) == (NOW, 20)
    seen: list[tuple[int, int]] = []

    def look(done: int, whole: int) -> bool:
        seen.append((done, whole))
        return True

    report = restore.restore(tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, look)
    assert report == Restored(20, 0)
    assert seen == sorted(seen) and seen[-1][0] > 0.5 * seen[-1][1]
    assert files(tmp_path / "copy") == before, "the copy is read, nothing more"
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        "jilai.db", "pages", "vault.json", "vault.json.copy"
    }  # fmt: skip
    store = taken_over(tmp_path)
    pages = Vault.unlock(tmp_path / "new", "wang", PASSWORD).open_pages(tmp_path / "new" / "pages")
    assert all(pages.get(digest) for digest in store.read(known_digests))
    assert store.read(device.numbers_left) == 0
    assert store.read(copy_folder) == tmp_path / "copy"
    acts = "SELECT details FROM audit WHERE action = 'restored_from_copy'"
    assert store.read(lambda db: scalar(db, acts)) == '{"numbers_given_up":998}'
    store.close()


def test_no_number_comes_twice_after_a_restore(copied: Evening, tmp_path: Path) -> None:
    given_later = copied.submitted().number
    restore.restore(tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, never_stop)
    copied.store.close()
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "new").rename(tmp_path / "data")
    copied.store = copied.open_store()
    copied.pages = Vault.unlock(copied.folder, "wang", PASSWORD).open_pages(copied.folder / "pages")
    with pytest.raises(MachineError) as refused:
        copied.submitted()
    assert refused.value.code == "number_block_empty"
    copied.write(device.add_number_block, NOW, {"first": 1001, "last": 1100})
    fresh = copied.submitted().number
    assert fresh != given_later
    assert fresh not in copied.read(lambda db: {r["number"] for r in rows(db, "SELECT number FROM receipts")
                                                if r["number"] != fresh})  # fmt: skip


def test_a_wrong_password_opens_nothing_and_is_waited_for(copied: Evening, tmp_path: Path) -> None:
    codes = []
    for _ in range(5):
        with pytest.raises(InputError) as refused:
            restore.restore(tmp_path / "copy", tmp_path / "new", "wang", "guess guess", NOW, never_stop)
        codes.append(refused.value.code)
    assert codes[0] == "unlock_failed" and codes[-1] == "unlock_delayed"
    assert not Vault.exists(tmp_path / "new")


def test_who_has_forgotten_the_password_takes_the_recovery_key(copied: Evening, tmp_path: Path) -> None:
    assert copied.vault is not None
    recovery = copied.vault.new_recovery()
    copy = SecondCopy(copied.store, copied.pages, copied.folder, tmp_path / "copy")
    copy.bring_up(NOW)
    copy.release()
    for _ in range(5):  # even while a guesser waits: the key is no guess
        with pytest.raises(InputError):
            restore.restore(tmp_path / "copy", tmp_path / "new", "wang", "guess guess", NOW, never_stop)
    report = restore.restore(tmp_path / "copy", tmp_path / "new", "wang", recovery, NOW, never_stop)
    assert report is not None and report.bad == 0
    assert Vault.unlock_with_recovery(tmp_path / "new", recovery).database_key == copied.vault.database_key


def test_a_restore_that_was_stopped_goes_on(copied: Evening, tmp_path: Path) -> None:
    steps = iter(range(100))
    stopped = restore.restore(
        tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, lambda *_: next(steps) < 7
    )
    assert stopped is None and not Vault.exists(tmp_path / "new")
    assert len(list((tmp_path / "new" / ".arriving" / "pages").glob("??/*.page"))) == 8
    assert restore.restore(
        tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, never_stop
    ) == Restored(20, 0)  # fmt: skip
    taken_over(tmp_path).close()


def test_nothing_of_another_copy_that_was_tried_before_comes_along(copied: Evening, tmp_path: Path) -> None:
    left = tmp_path / "new" / ".arriving"
    left.mkdir(parents=True)
    for name in ("settings.json", "trust.json"):
        (left / name).write_text("{}")
    restore.restore(tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, never_stop)
    assert not [name for name in ("settings.json", "trust.json") if (tmp_path / "new" / name).exists()]


@pytest.mark.parametrize("moves", range(5))
def test_killed_while_it_takes_its_place_it_ends_at_the_next_start(
    copied: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    left = iter(range(100))
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.parent.name == ".restored" and next(left) == moves:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    try:
        restore.restore(tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, never_stop)
    except KeyboardInterrupt:
        assert moves < 4
    else:
        assert moves == 4
    monkeypatch.undo()
    finish_restore(tmp_path / "new")
    store = taken_over(tmp_path)
    assert len(store.read(known_digests)) == 20
    store.close()
    assert not (tmp_path / "new" / ".restored").exists()


def test_a_damaged_page_of_the_copy_is_counted_and_a_damaged_database_refused(
    copied: Evening, tmp_path: Path
) -> None:
    page = next((tmp_path / "copy" / "pages").glob("??/*.page"))
    page.write_bytes(page.read_bytes()[:-1] + b"x")
    log = tmp_path / "copy" / "jilai.db"
    content = bytearray(log.read_bytes())
    content[9000] ^= 1
    whole = log.read_bytes()
    log.write_bytes(content)
    with pytest.raises(MachineError) as refused:
        restore.restore(tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, never_stop)
    assert refused.value.code == "copy_unsound"
    log.write_bytes(whole)
    assert restore.restore(
        tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, never_stop
    ) == Restored(19, 1)  # fmt: skip


def test_what_is_no_copy_is_said(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(MachineError) as refused:
            look_at_copy(folder)
        assert refused.value.code == "copy_none"


def test_a_machine_that_has_a_vault_is_not_taken_over(copied: Evening, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        restore.restore(tmp_path / "copy", copied.folder, "wang", PASSWORD, NOW, never_stop)


def test_verifying_takes_out_what_is_bad_and_the_next_run_writes_it_anew(
    copied: Evening, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    copied.reopen()
    copied.pages = Vault.unlock(copied.folder, "wang", PASSWORD).open_pages(copied.folder / "pages")
    copy = SecondCopy(copied.store, copied.pages, copied.folder, folder)
    copied.submitted()
    copy.bring_up(NOW)
    proof = prove_copy(copied.store, copied.pages, folder, never_stop)
    assert proof is not None and (proof.pages, proof.bad) == (30, 0)
    assert copy.bring_up(NOW) is not None, "the proof changed nothing"
    page = next((folder / "pages").glob("??/*.page"))
    page.write_bytes(page.read_bytes()[:-1] + b"x")
    content = bytearray((folder / "jilai.db").read_bytes())
    content[9000] ^= 1
    (folder / "jilai.db").write_bytes(content)
    proof = prove_copy(copied.store, copied.pages, folder, never_stop)
    assert proof is not None and (proof.bad_pages, proof.database, proof.bad) == (1, False, 2)
    copy.release()
    copy.bring_up(NOW)
    again = prove_copy(copied.store, copied.pages, folder, never_stop)
    assert again is not None and (again.pages, again.bad) == (30, 0)
    assert prove_copy(copied.store, copied.pages, folder, lambda *_: False) is None
    copy.release()


def test_a_drive_that_is_pulled_out_while_it_is_verified_is_no_bad_copy(
    copied: Evening, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"

    def pull(done: int, _whole: int) -> bool:
        if done == 3:
            folder.rename(tmp_path / "in the bag")
        return True

    with pytest.raises(MachineError) as refused:
        prove_copy(copied.store, copied.pages, folder, pull)
    assert refused.value.code == "copy_gone"
    assert len(list((tmp_path / "in the bag" / "pages").glob("??/*.page"))) == 20


def test_the_place_of_the_copy_is_kept_twice(copied: Evening, tmp_path: Path) -> None:
    assert copied.read(copy_folder) is None and noted_copy_folder(copied.folder) is None
    copied.write(set_copy_folder, NOW, copied.who, tmp_path / "copy")
    note_copy_folder(copied.folder, tmp_path / "copy")
    assert copied.read(copy_folder) == noted_copy_folder(copied.folder) == tmp_path / "copy"
    note = copied.folder / "second-copy.json"
    note.write_bytes(note.read_bytes().replace(b"copy", b"kopy", 1))
    assert noted_copy_folder(copied.folder) is None, "a note that was hit names no other folder"
    copied.write(set_copy_folder, NOW, copied.who, None)
    assert copied.read(copy_folder) is None
    assert copied.read(lambda db: scalar(db, "SELECT count(*) FROM audit WHERE action = 'second_copy_chosen'")
                       ) == 2  # fmt: skip


def test_a_copy_of_a_bound_machine_opens_by_its_recovery_key_alone(copied: Evening, tmp_path: Path) -> None:
    assert copied.vault is not None
    recovery = copied.vault.new_recovery()
    keeper = FileKeeper(tmp_path / "keyring")
    bind(copied.folder, "wang", PASSWORD, keeper)
    copy = SecondCopy(copied.store, copied.pages, copied.folder, tmp_path / "copy")
    copy.bring_up(NOW)
    copy.release()
    with pytest.raises(InputError) as refused:
        restore.restore(tmp_path / "copy", tmp_path / "new", "wang", PASSWORD, NOW, never_stop)
    assert refused.value.code == "copy_bound" and refused.value.problem.field == "password"
    report = restore.restore(tmp_path / "copy", tmp_path / "new", "wang", recovery, NOW, never_stop)
    assert report == Restored(20, 0)
    elsewhere = FileKeeper(tmp_path / "other keyring")
    vault = Vault.unlock_with_recovery(tmp_path / "new", recovery, keeper=elsewhere)
    vault.add_operator("wang", "a new password")
    assert vault.database_key == copied.vault.database_key
    Vault.unlock(tmp_path / "new", "wang", "a new password", keeper=elsewhere)
