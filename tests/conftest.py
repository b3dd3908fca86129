"""What every test shares: no window on the screen, nothing of the person's own, nothing left behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything imports Qt or asks for a folder: a home and a temporary folder of this run alone. Short,
# because the name of a Unix socket has 107 bytes.
_OUTSIDE = tempfile.gettempdir()
_PLACE = Path(tempfile.mkdtemp(prefix="jt-"))
_TEMPORARY = _PLACE / "tmp"
_FOLDERS = {
    "HOME": _PLACE / "home",
    "XDG_DATA_HOME": _PLACE / "home/data",
    "XDG_CONFIG_HOME": _PLACE / "home/config",
    "XDG_STATE_HOME": _PLACE / "home/state",
    "XDG_RUNTIME_DIR": _PLACE / "run",
    "TMPDIR": _TEMPORARY,
}
for _name, _folder in _FOLDERS.items():
    _folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ[_name] = str(_folder)
for _folder in (_PLACE, _TEMPORARY):
    _folder.chmod(0o755)  # a print system or a database that gives up root has to find its files
tempfile.tempdir = str(_TEMPORARY)
os.environ["PYTEST_DEBUG_TEMPROOT"] = _OUTSIDE  # tmp_path stays outside: pytest keeps it where a test failed
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE"):
    os.environ.pop(_name, None)

settings.register_profile("jilai", deadline=None, print_blob=True)  # time limits belong to `make bench`
settings.load_profile("jilai")


def pytest_unconfigure() -> None:
    shutil.rmtree(_PLACE, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def nothing_left_in_the_temporary_folder() -> Iterator[None]:
    """A page or a PDF forgotten in /tmp is plain text on the disk: the suite fails over it."""
    yield
    left = sorted(str(path.relative_to(_TEMPORARY)) for path in _TEMPORARY.rglob("*") if path.is_file())
    assert not left, f"left in the temporary folder: {left}"
