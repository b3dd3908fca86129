"""A data folder that is moved or whose drive is pulled out: said in words, and nothing goes elsewhere."""

from __future__ import annotations

import errno
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from registration.errors import MachineError
from storage.durable import Footing
from storage.failures import of_system
from tests.storage.evening import Evening


def refused(act) -> str:
    with pytest.raises(MachineError) as error:
        act()
    return error.value.code


@pytest.mark.parametrize("back", [True, False])
def test_a_moved_folder_takes_nothing_with_it_and_none_is_made_in_its_place(
    tmp_path: Path, back: bool
) -> None:
    evening = Evening(tmp_path / "data")
    evening.open_session()
    draft = evening.start()
    page = evening.add(draft.id, "identity")
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    assert refused(lambda: evening.save(replace(draft, remarks="where?"))) == "data_folder_gone"
    assert refused(lambda: evening.pages.put(b"page")) == "data_folder_gone"
    assert refused(lambda: evening.pages.get(page.digest)) == "data_folder_gone", (
        "it is not one page that is missing"
    )
    assert refused(lambda: evening.pages.missing([page.digest])) == "data_folder_gone"
    assert not (tmp_path / "data").exists()
    if back:
        (tmp_path / "elsewhere").rename(tmp_path / "data")
        evening.save(replace(draft, remarks="here"))
        assert evening.pages.get(page.digest)
    evening.close()


def test_another_folder_in_its_place_is_not_it(tmp_path: Path) -> None:
    evening = Evening(tmp_path / "data")
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    other = Evening(tmp_path / "data")
    assert refused(evening.open_session) == "data_folder_gone"
    assert refused(lambda: evening.pages.put(b"page")) == "data_folder_gone"
    other.open_session()
    for each in (evening, other):
        each.close()


def test_a_drive_that_is_pulled_out(tmp_path: Path) -> None:
    place = tmp_path / "drive"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not permitted here")
    evening = Evening(place / "data")
    evening.open_session()
    subprocess.run(["umount", "--lazy", str(place)], check=True)
    assert refused(evening.start) == "data_folder_gone"
    assert refused(lambda: evening.pages.put(b"page")) == "data_folder_gone"
    assert list(place.iterdir()) == [], "nothing was written where the drive had been"
    evening.close()


def test_a_drive_that_no_longer_answers_has_its_words() -> None:
    for number in (errno.EIO, errno.ENODEV, errno.ENXIO):
        failure = of_system(OSError(number, "drive"))
        assert isinstance(failure, MachineError) and failure.code == "data_folder_gone"


def test_where_nothing_is_there_is_no_footing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Footing(tmp_path / "nothing")
