"""A full disk: clear words, nothing half written, the evening closes, work goes on once there is room."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from registration.errors import MachineError
from storage import applications, audit, operations, sessions
from storage.second_copy import make_second_copy
from storage.vault import Vault
from tests.storage.evening import Evening, end_session

SIZE = 24 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(place: Path) -> Path:
    """Take every byte that is left."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def test_a_full_disk_takes_nothing_that_was_there(small_disk: Path) -> None:
    evening = Evening(small_disk / "data")
    evening.open_session()
    assert evening.store.keep_reserve()
    complete = evening.complete()
    draft = evening.start()
    page = evening.add(draft.id, "identity")
    # Space that the log may still use without growing is used up too.
    ballast = fill(small_disk)

    refused = 0
    for attempt in range(400):
        try:
            evening.save(replace(draft, remarks=f"{attempt} {'备注' * 500}"), "x" * 5000)
        except MachineError as error:
            assert error.code == "disk_full"
            refused += 1
            if refused == 3:
                break
    assert refused == 3, "the disk never got full"
    with pytest.raises(MachineError) as full:
        evening.submit(complete.id)
    assert full.value.code == "disk_full"
    with pytest.raises(MachineError) as full:
        evening.pages.put(secrets.token_bytes(1 << 20))
    assert full.value.code == "disk_full"
    assert not list((small_disk / "data" / "pages").glob("??/.*.tmp")), "nothing half written is left"

    # All that was there is readable, and nothing is half there.
    detail = evening.read(applications.detail, complete.id)
    assert (
        detail is not None and detail.receipt is None and detail.state == "draft" and len(detail.pages) == 5
    )
    assert all(evening.pages.get(p.digest) for p in detail.pages)
    assert evening.pages.get(page.original_digest)
    assert evening.read(audit.verify) is None

    # The reserve lets the evening be closed.
    for case in (draft, complete):
        discard = partial(operations.discard_draft, who=evening.who, now=evening.now, reason="full")
        job = partial(discard, application_id=case.id, wish=evening.paper(case.id))
        evening.store.write(job, last_resort=True).result(20)
    end_session(evening, last_resort=True)
    assert evening.read(sessions.current) is None

    # After room is made, work goes on.
    ballast.unlink()
    evening.now = evening.now.replace(hour=20)
    evening.open_session("s-2")
    application = evening.start(session_id="s-2")
    assert evening.add(application.id, "identity").ordinal == 1
    evening.reopen()
    evening.store.check()
    assert evening.read(sessions.current) is not None
    evening.close()


def test_a_full_disk_still_lets_the_operator_in(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    folder = small_disk / "data"
    vault, _ = Vault.create(folder, "wang", "long enough")
    whole = (folder / "vault.json").read_bytes()
    fill(small_disk)
    assert Vault.unlock(folder, "wang", "long enough").page_key == vault.page_key
    with pytest.raises(MachineError) as full:
        vault.add_operator("li", "long enough too")
    assert full.value.code == "disk_full"
    assert (folder / "vault.json").read_bytes() == whole
    assert Vault.unlock(folder, "wang", "long enough").page_key == vault.page_key


def test_a_second_copy_on_a_full_disk_leaves_the_last_whole_one(small_disk: Path, tmp_path: Path) -> None:
    evening = Evening(tmp_path / "data")
    evening.open_session()
    first = evening.submitted()
    copy = small_disk / "copy"
    make_second_copy(evening.store, evening.pages, evening.folder, copy, evening.now)
    before = (copy / "jilai.db").read_bytes()
    second = evening.submitted()
    fill(small_disk)
    with pytest.raises(MachineError) as full:
        make_second_copy(evening.store, evening.pages, evening.folder, copy, evening.now)
    assert full.value.code == "copy_full"
    assert (copy / "jilai.db").read_bytes() == before
    lamps = [evening.read(applications.lamps, r.application_id).second_copy for r in (first, second)]
    assert lamps == [True, False]
    evening.close()
