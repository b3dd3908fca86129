"""The second copy opens elsewhere with the same password and covers what its lamp says."""

from __future__ import annotations

from pathlib import Path

import pytest

from registration.changes import Changes
from registration.errors import MachineError
from storage import applications
from storage.database import Store
from storage.pages import PageFiles
from storage.second_copy import last_copy, make_second_copy
from storage.vault import Vault
from tests.storage.evening import Evening


def copy_lamp(evening: Evening, application_id: str) -> bool:
    return evening.read(applications.lamps, application_id).second_copy


def test_another_laptop_opens_the_copy_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    home, away = tmp_path / "data", tmp_path / "usb"
    vault, _ = Vault.create(home, "wang", "long enough")
    evening = Evening(home, vault=vault)
    evening.open_session()
    receipt = evening.submitted()
    draft = evening.start()
    evening.add(draft.id, "identity")
    report = make_second_copy(evening.store, evening.pages, home, away, evening.now)
    assert (report.pages, report.missing) == (12, 0)
    expected = evening.read(applications.detail, receipt.application_id)
    evening.close()

    there = Vault.unlock(away, "wang", "long enough")
    store = Store.open(away / "jilai.db", there.database_key, backups=away / "backups")
    pages = PageFiles(away / "pages", there.page_key, there.page_name_key)
    store.check()
    found = store.read(lambda db: applications.detail(db, receipt.application_id))
    assert found is not None and expected is not None
    assert found.receipt == receipt and found.pages == expected.pages
    assert all(pages.get(page.digest) and pages.get(page.original_digest) for page in found.pages)
    continued = store.read(applications.latest_draft)
    assert continued is not None and continued[0].id == draft.id
    store.close()


def test_the_lamp_covers_what_was_submitted_before_the_copy(evening: Evening, tmp_path: Path) -> None:
    covered = evening.submitted().application_id
    assert not copy_lamp(evening, covered)
    heard: list[Changes] = []
    evening.store.add_listener(heard.append)
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    assert heard[-1].applications == {covered}
    later = evening.submitted().application_id
    assert (copy_lamp(evening, covered), copy_lamp(evening, later)) == (True, False)
    (row,) = (r for r in evening.read(applications.rows) if r.id == covered)
    assert row.second_copy
    assert evening.read(last_copy) is not None
    again = make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    assert again.pages == 10, "only the new pages travel"
    assert copy_lamp(evening, later)
    none = make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    assert none.pages == 0


def test_a_page_cut_short_in_the_copy_is_copied_again(evening: Evening, tmp_path: Path) -> None:
    evening.submitted()
    make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    torn = next((tmp_path / "copy" / "pages").glob("??/*.page"))
    whole = torn.read_bytes()
    torn.write_bytes(whole[:10])
    assert make_second_copy(
        evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now
    ).pages == 1  # fmt: skip
    assert torn.read_bytes() == whole


def test_a_copy_that_lacks_a_page_lights_no_lamp(evening: Evening, tmp_path: Path) -> None:
    case = evening.submitted().application_id
    detail = evening.read(applications.detail, case)
    assert detail is not None
    evening.pages.delete(detail.pages[0].digest)
    with pytest.raises(MachineError) as refused:
        make_second_copy(evening.store, evening.pages, evening.folder, tmp_path / "copy", evening.now)
    assert refused.value.code == "page_missing"
    assert not copy_lamp(evening, case)


def test_the_data_folder_is_no_second_copy_of_itself(evening: Evening) -> None:
    with pytest.raises(ValueError, match="of its own"):
        make_second_copy(evening.store, evening.pages, evening.folder, evening.folder, evening.now)
