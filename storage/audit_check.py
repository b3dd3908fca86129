"""The audit log checked while others work, and written out for somebody who has no Jilai."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from registration.audit_chain import Link, follow
from registration.errors import MachineError, Problem
from storage import audit
from storage.audit import Verdict
from storage.database import Store
from storage.device import read_device
from storage.failures import of_system
from storage.json_text import compact_json

_AT_ONCE = 500


def check_log(store: Store, *, pause: float = 0.005, sleep: Callable[[float], None] = time.sleep) -> Verdict:
    """Follow the whole chain some rows at a time, with `pause` seconds between, so that nobody waits for it.

    Rows are only ever added, so that what was followed stays so. Raises MachineError like every read.
    """
    link = Link()
    while True:
        rows = store.read(lambda db, seq=link.seq: audit.rows_after(db, seq, _AT_ONCE))  # type: ignore[misc]
        link = follow(rows, link)
        if link.broken is not None:
            return Verdict(link.seq, link.broken, "row_changed")
        if len(rows) < _AT_ONCE:
            break
        sleep(pause)

    def finish(db: object) -> Verdict:
        last = follow(audit.rows_after(db, link.seq, 1_000_000), link)  # type: ignore[arg-type]
        if last.broken is not None:
            return Verdict(last.seq, last.broken, "row_changed")
        return audit.judge_end(db, last)  # type: ignore[arg-type]

    return store.read(finish)


def problem_of(verdict: Verdict) -> Problem | None:
    """Return what a person has to hear of it, None where the log stands."""
    return None if verdict.broken is None else Problem("audit_broken", "", {"row": str(verdict.broken)})


def export_log(store: Store, now: datetime, out: Path) -> int:
    """Write every row as a line of JSON and, last, the device's signature of the head; return the rows.

    docs/verify_audit.py proves such a file without the program. Whole or not at all; an existing file is
    replaced. Raises MachineError disk_full, disk_read_only; audit_broken where the log does not stand.
    """
    verdict = check_log(store, pause=0.0)
    if verdict.broken is not None:
        raise MachineError("audit_broken", row=str(verdict.broken))
    device = store.read(read_device)
    if device is None:
        raise MachineError("not_enrolled")
    beside = out.with_name(f".{out.name}.tmp")
    link = Link()
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            while rows := store.read(
                lambda db, seq=link.seq: audit.rows_after(db, min(seq, verdict.rows), _AT_ONCE)  # type: ignore[misc]
            ):
                rows = [row for row in rows if row["seq"] <= verdict.rows]
                if not rows:
                    break
                file.writelines(compact_json(row) + "\n" for row in rows)
                link = Link(rows[-1]["seq"], rows[-1]["hash"])
            statement = {
                "at": now.isoformat(),
                "device": device.device_code or "",
                "hash": link.hash,
                "public_key": device.signing_key.public_key().public_bytes_raw().hex(),
                "seq": link.seq,
            }
            signature = audit.sign_head(device.signing_key, statement)
            file.write(json.dumps({"head": statement, "signature": signature}, sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    except OSError as error:
        raise of_system(error) from error
    finally:
        beside.unlink(missing_ok=True)
    return link.seq
