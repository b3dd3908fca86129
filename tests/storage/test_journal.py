"""The log says where and what kind, and never what a person typed, whoever writes it and however."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.journal import keep_journal, last_lines
from storage.redaction import redact

CANARIES = (
    "张立群", "滨河路1号2号楼", "620102198503071231", "62010219850307123X", "138 9310 4567", "138-9310-4567",
    "13893104567", "0931-8461234", "JL1.eyJuIjoiNjIwMTAyLUEwMy0yNjExMjQtMDAwMSJ9.c2lnbmF0dXJlLW9mLXRoZQ",
    "620102-A03-261124-0001", "E12345678", "EA1234567", "H12345678", "买买提·艾力",
    "/home/wang/身份证 张立群.jpg",
)  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level, hooks = root.level, (sys.excepthook, threading.excepthook)
    handler = keep_journal(tmp_path / "logs", on_surprise=lambda: None)
    assert handler is not None
    yield tmp_path / "logs" / "jilai.log"
    root.removeHandler(handler)
    handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_typed_reaches_the_log(log: Path, canary: str) -> None:
    ours, theirs = logging.getLogger("storage.anything"), logging.getLogger("some.library")
    ours.warning("stopped: %s", canary)
    ours.warning("stopped: %s", ValueError(canary))
    theirs.error(f"cannot open {canary} for reading")
    theirs.error({"who": canary})
    theirs.error("field=%(field)s", {"field": canary})
    thread = threading.Thread(target=lambda: ours.info("in a thread"), name=canary)
    thread.start()
    thread.join()
    try:
        raise KeyError(canary)
    except KeyError:
        ours.exception("failed")
    text = log.read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 7
    said = json.dumps(lines, ensure_ascii=False)
    digits = "".join(c for c in canary if c.isdigit())
    assert canary not in said
    assert len(digits) < 6 or digits not in "".join(
        c for line in lines for c in str(line["what"]) if c.isdigit() or c == "|"
    )
    assert not any("\u4e00" <= c <= "\u9fff" for c in said)
    assert lines[-1]["error"] == "KeyError"
    assert lines[-1]["places"][0].startswith("test_journal.py:")


def test_codes_counts_and_ids_stay(log: Path) -> None:
    case = "0192f0c1-7a3e-7cc2-9f1e-3b6a5d0e9f10"
    logging.getLogger("storage.x").info("chore %s: %s, %d of %s", "opening", "disk_full", 12, case)
    (line,) = [json.loads(line) for line in last_lines(log.parent, 5)]
    assert line["what"] == f"chore opening: disk_full, 12 of {case}"
    assert (line["level"], line["log"]) == ("info", "storage.x")


def test_secrets_are_taken_out_of_any_text() -> None:
    assert redact("password=hunter2 next") == "password=[secret] next"
    assert redact("Authorization: abc") == "Authorization: [secret]"
    assert "AAAA" not in redact("header " + "A" * 43)
    assert redact("12 of 40 pages, 3.5 s") == "12 of 40 pages, 3.5 s"


def test_a_line_of_the_log_still_says_when_it_was_after_it_was_redacted_again() -> None:
    line = '{"at": "2026-11-24T12:42:55.123+00:00", "level": "info", "what": "chore opening"}'
    assert redact(line) == line
    assert redact("born 1985-03-07, 2026-11-24T12:42:55") == "born [number], 2026-11-24T12:42:55"


def test_the_log_is_rotated(log: Path) -> None:
    for _ in range(9_000):
        logging.getLogger("storage.x").info("chore %s: %s", "opening", "a_code_of_some_length_" + "x" * 30)
    files = sorted(log.parent.iterdir())
    assert 2 <= len(files) <= 6
    assert all(path.stat().st_size <= 1_000_000 for path in files)


def test_a_dying_process_leaves_no_core_behind(tmp_path: Path) -> None:
    code = (
        "import os, resource; from storage.journal import leave_no_memory_behind;"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2);"
        f"leave_no_memory_behind(); os.chdir({str(tmp_path)!r});"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0); secret = '张立群'; os.abort()"
    )
    died = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert died.returncode == -6
    assert list(tmp_path.iterdir()) == []
    assert "张立群" not in died.stderr.decode()
