"""Killed at any moment: what was told as done is there, nothing is half there, the next start is clean."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage import audit
from storage.database import Store
from storage.page_check import check_pages
from storage.page_rows import known_digests
from storage.pages import PageFiles
from storage.rows import rows
from tests.storage.evening import KEY

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_told_survives_kill_9(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "data"
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.capturing_child", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    told = [child.stdout.readline().split() for _ in range(12)]
    time.sleep(random.Random(seed).uniform(0, 0.2))
    child.kill()
    told += [line.split() for line in child.stdout if line.endswith("\n")]
    child.wait()
    child.stdout.close()

    store = Store.open(folder / "jilai.db", KEY, backups=folder / "backups")
    assert store.after_crash
    store.check()
    pages = PageFiles(folder / "pages", b"p" * 32, b"n" * 32, started=time.time() + 60)
    stored = store.read(lambda db: {row.pop("id"): row for row in rows(db, "SELECT * FROM pages")})
    receipts = store.read(
        lambda db: {r["number"]: r["application_id"] for r in rows(db, "SELECT * FROM receipts")}
    )
    for kind, *facts in told:
        if kind == "page":
            row = stored[facts[0]]
            assert [row["digest"], row["original_digest"]] == facts[1:]
        else:
            assert receipts[facts[0]] == facts[1]
    check = check_pages(store, pages)
    assert check.missing == ()
    known = store.read(known_digests)
    assert all(pages.get(digest) for digest in known), "every page that has a row opens"
    assert {pages.name_of(digest) for digest in known} == set(pages.names()), "strays are swept"
    assert not list((folder / "pages").glob("??/.*.tmp"))
    assert store.read(audit.verify) is None
    submitted = store.read(lambda db: list(rows(db, "SELECT state, receipt_number FROM applications")))
    assert all((row["state"] == "received") == (row["receipt_number"] is not None) for row in submitted)
    counts = (
        "SELECT (SELECT count(*) FROM receipts), (SELECT count(*) FROM outbox),"
        " (SELECT next - 1 FROM number_blocks)"
    )
    assert len(set(store.read(lambda db: db.execute(counts).fetchone()))) == 1, (
        "one number, one receipt, one event"
    )
    store.close()
