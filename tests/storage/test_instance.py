"""One program per folder; the one that has it sweeps what a killed one left half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from registration.errors import MachineError
from storage.durable import write_file
from storage.instance import InstanceLock


def test_only_the_holder_of_the_folder_sweeps_it(tmp_path: Path) -> None:
    write_file(tmp_path / "trust.json", b"{}")
    left = tmp_path / ".trust.json.1de8180a4ac8.tmp"
    left.write_bytes(b"{")
    held = InstanceLock(tmp_path)
    assert not left.exists() and (tmp_path / "trust.json").read_bytes() == b"{}"
    left.write_bytes(b"{")  # the holder is writing
    with pytest.raises(MachineError) as refused:
        InstanceLock(tmp_path)
    assert refused.value.code == "already_running" and left.exists()
    held.release()
    InstanceLock(tmp_path).release()
    assert not left.exists()
