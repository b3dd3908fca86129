"""What the clock guard keeps: its last mark, a history that stands, both times on a receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlcipher3 import dbapi2

from registration.clock import ClockGuard, Mark, Standing, Ticks
from storage import operations
from storage.clock_guard import keep_mark, known_offset, last_mark
from tests.storage.evening import NOW, Evening


def mark(offset: float = 0.0, standing: Standing = Standing.CENTRE, ticks: float = 100.0) -> Mark:
    return Mark(NOW, NOW + timedelta(seconds=offset), Ticks("boot", ticks), standing)


def history(evening: Evening) -> list[tuple[object, ...]]:
    return evening.sql("SELECT offset, standing FROM clock_offsets ORDER BY seq")


def test_the_last_mark_is_there_after_a_restart(evening: Evening) -> None:
    assert evening.read(last_mark) is None
    evening.write(keep_mark, mark(3.5))
    evening.write(keep_mark, mark(3.5, ticks=130.0))
    evening.reopen()
    assert evening.read(last_mark) == mark(3.5, ticks=130.0)
    assert evening.read(known_offset) == 3.5


def test_each_change_of_the_clock_is_one_line_that_stands(evening: Evening) -> None:
    for offset in (0.0, 0.3, -7200.0, -7200.2, 0.0):
        evening.write(keep_mark, mark(offset))
    evening.write(keep_mark, mark(0.0, Standing.RECORDS))
    assert history(evening) == [(0.0, "centre"), (-7200.0, "centre"), (0.0, "centre"), (0.0, "records")]
    for sql in ("UPDATE clock_offsets SET offset = 1", "DELETE FROM clock_offsets"):
        with pytest.raises(Exception, match="frozen") as refused:
            evening.sql(sql)
        assert isinstance(refused.value.__cause__ or refused.value, dbapi2.Error)


def test_a_clock_that_forgot_its_date_and_was_set_right_while_off_is_believed(evening: Evening) -> None:
    evening.write(keep_mark, mark(0.0))
    forgot = mark(-730 * 86400.0, Standing.RECORDS)
    evening.write(keep_mark, forgot)
    assert evening.read(known_offset) == 0.0
    right = NOW + timedelta(minutes=5)
    guard = ClockGuard(lambda: right, lambda: Ticks("another boot", 5.0))
    assert guard.begin(evening.read(last_mark), evening.read(known_offset)) is None
    assert guard.now() == right


def test_a_device_that_never_met_the_centre_gets_no_offset(tmp_path) -> None:
    evening = Evening(tmp_path / "data", enrolled=False)
    evening.write(keep_mark, mark(5.0, Standing.MACHINE))
    assert evening.read(known_offset) is None
    evening.close()


@pytest.mark.parametrize(("days", "note"), [(730, "+63072000 s"), (-730, "-63072000 s"), (0, "")])
def test_a_receipt_carries_the_time_and_says_what_the_clock_said(
    evening: Evening, days: int, note: str
) -> None:
    draft, wall = evening.complete(), NOW + timedelta(days=days)
    _, receipt = evening.write(
        lambda db: operations.submit_application(
            db, evening.who, NOW, draft.id, sign=evening.sign, event_id="event-1", wall=wall
        )
    )
    assert (receipt.received_at, receipt.clock_note) == (NOW, note)
    assert NOW.strftime("%y%m%d") in receipt.number
    ((body, submitted),) = evening.sql(
        "SELECT o.body, a.submitted_at FROM outbox o JOIN applications a ON a.id = o.application_id"
    )
    assert f'"clock_offset":{days * 86400.0}' in str(body)
    assert submitted == int(wall.timestamp() * 1_000_000)
