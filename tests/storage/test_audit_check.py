"""The audit log verified in the background and at the command line, and an export that others can prove."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from registration.errors import MachineError
from storage import audit
from storage.audit_check import check_log, export_log, problem_of
from storage.device import read_device
from storage.vault import Vault
from tests.storage.evening import NOW, Evening

ROOT = Path(__file__).parents[2]
judge = runpy.run_path(str(ROOT / "docs/verify_audit.py"))["judge"]


def drop_guards(evening: Evening) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
    for (name,) in evening.sql(names):
        evening.sql(f"DROP TRIGGER {name}")


def test_the_whole_chain_is_followed_in_pieces_while_others_write(evening: Evening) -> None:
    for number in range(1_100):
        evening.queue(audit.append, evening.who, NOW, "tested", f"case-{number}")
    evening.write(audit.append, evening.who, NOW, "tested", "last")
    added: list[float] = []

    def write_meanwhile(seconds: float) -> None:
        added.append(seconds)
        evening.write(audit.append, evening.who, NOW, "tested", "meanwhile")

    verdict = check_log(evening.store, sleep=write_meanwhile)
    assert (verdict.broken, problem_of(verdict)) == (None, None)
    assert len(added) >= 2
    assert verdict.rows == evening.read(audit.head).seq
    drop_guards(evening)
    evening.sql("UPDATE audit SET subject = 'other' WHERE seq = 700")
    verdict = check_log(evening.store, pause=0)
    assert (verdict.rows, verdict.broken, verdict.code) == (699, 700, "row_changed")
    problem = problem_of(verdict)
    assert problem is not None and problem.params == {"row": "700"}


def test_an_export_is_proved_without_the_program(evening: Evening, tmp_path: Path) -> None:
    evening.submitted()
    out = tmp_path / "log.jsonl"
    rows = export_log(evening.store, NOW, out)
    lines = out.read_text("utf-8").splitlines()
    assert len(lines) == rows + 1 == evening.read(audit.head).seq + 1
    device = evening.read(read_device)
    assert device is not None
    key = device.signing_key.public_key().public_bytes_raw().hex()
    assert judge(lines, key) == ""
    assert judge(lines, "00" * 32) == "signed by another device"
    assert judge(lines[:-2] + lines[-1:]) == "the end is missing"
    assert judge([*lines[:2], *lines[3:]]).endswith("does not follow")
    forged = json.loads(lines[1]) | {"operator_name": "别人"}
    assert judge([lines[0], json.dumps(forged), *lines[2:]]) == "row 2 was changed"
    head = json.loads(lines[-1])
    head["head"]["at"] = "2020-01-01T00:00:00+00:00"
    assert judge([*lines[:-1], json.dumps(head)]) == "the signature does not hold"
    drop_guards(evening)
    evening.sql("UPDATE audit SET at = 'x' WHERE seq = 2")
    with pytest.raises(MachineError, match="audit_broken"):
        export_log(evening.store, NOW, tmp_path / "other.jsonl")
    assert not (tmp_path / "other.jsonl").exists()


def main(folder: Path, *words: str, password: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        "--data-dir",
        str(folder),
        "--lang",
        "en",
        "audit",
        *words,
    ]
    return subprocess.run(
        command, input=password + "\n", capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip


def test_the_command_verifies_and_exports_with_a_password(tmp_path: Path) -> None:
    folder, password = tmp_path / "window", "a long enough password"
    vault, _ = Vault.create(folder, "wang", password)
    evening = Evening(folder, vault=vault, enrolled=False)
    evening.close()
    good = main(folder, "verify", "--account", "wang", password=password)
    assert (good.returncode, good.stdout.strip()) == (
        0,
        "The audit log stands: 1 rows, from the first to the last.",
    ), good.stderr
    assert main(folder, "verify", "--account", "wang", password="a wrong one").returncode == 1
    out = tmp_path / "log.jsonl"
    assert main(folder, "export", "--account", "wang", "--out", str(out), password=password).returncode == 0
    assert judge(out.read_text("utf-8").splitlines()) == ""
    evening = Evening(folder, vault=vault, enrolled=False)
    drop_guards(evening)
    evening.sql("UPDATE audit SET action = 'nothing' WHERE seq = 1")
    evening.close()
    bad = main(folder, "verify", "--account", "wang", password=password)
    assert bad.returncode == 1
    assert "row 1 does not" in bad.stdout
