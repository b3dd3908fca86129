"""The audit log reaches the centre behind the facts, and a laptop that was set back is told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from storage import audit
from tests.sync.archive import Archive
from tests.sync.counter import QUICK, Counter, Open

CALM = replace(QUICK, heartbeat=0.3, long_poll=0)


def held_whole(counter: Counter) -> bool:
    held, head = counter.store.read(audit.held_through), counter.store.read(audit.head)
    return held.seq == head.seq > 0 and held.broken is None


def test_the_log_arrives_whole_and_the_centre_swears_to_it(open_counter: Open, archive: Archive) -> None:
    counter = open_counter()
    counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))
    counter.wait_for(lambda: held_whole(counter))
    head = counter.store.read(audit.head)
    assert at_centre(archive, counter) == {"seq": head.seq, "hash": head.hash, "faults": 0}
    rows = "SELECT count(*) FROM device_audit WHERE device_id = :id"
    assert archive.count(rows, id=counter.identity().device_id) == head.seq


def test_a_laptop_put_back_to_an_older_state_goes_on_and_the_centre_knows(
    open_counter: Open, archive: Archive, tmp_path: Path
) -> None:
    counter = open_counter()
    counter.worker(CALM)
    counter.wait_for(counter.has_reference)
    counter.wait_for(lambda: held_whole(counter))
    older = counter.image(tmp_path / "older")
    try:
        act(counter, "before")
        counter.wait_for(lambda: held_whole(counter))
        counter.close()
        act(older, "after")
        act(older, "after")
        older.worker(CALM)
        older.wait_for(lambda: held_whole(older))
        head = older.store.read(audit.head)
        assert at_centre(archive, older) == {"seq": head.seq, "hash": head.hash, "faults": 1}
        forks = "SELECT count(*) FROM device_audit_faults WHERE device_id = :id AND kind = 'fork'"
        assert archive.count(forks, id=older.identity().device_id) == 1
        older.wait_for(lambda: older.store.read(audit.is_forked))
        older.wait_for(lambda: held_whole(older))  # the note itself is a row of the log
    finally:
        older.close()


def act(counter: Counter, subject: str) -> None:
    counter.write(lambda db: audit.append(db, counter.who(), counter.now(), "tested", subject))


def at_centre(archive: Archive, counter: Counter) -> dict[str, Any]:
    """Return how far the centre holds this counter's log, and how much was wrong with it."""
    device = counter.identity().device_id
    seq = archive.count("SELECT seq FROM device_audit_heads WHERE device_id = :id", id=device)
    wrong = "SELECT count(*) FROM device_audit_faults WHERE device_id = :id"
    with archive._engine.connect() as connection:
        text_of = connection.exec_driver_sql(
            "SELECT hash FROM device_audit_heads WHERE device_id = %s", (device,)
        ).scalar()
    return {"seq": seq, "hash": text_of, "faults": archive.count(wrong, id=device)}
