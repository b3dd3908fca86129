"""From the number to the case: Ctrl N or Enter takes in who was called, and the case ends the number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pytestqt.qtbot import QtBot

from registration.application import CaseState
from registration.queue import Slip, SlipState, rules_from
from storage import applications, line, packs
from storage.ids import new_id
from tests.driving import press, wait_until
from tests.storage.evening import COMPOUND, Evening
from tests.ui.test_line_screen import line_of, slips
from ui.intake.screen import IntakeScreen
from ui.main_window import MainWindow
from ui.screens.case_closing import CaseClosing
from ui.screens.tonight import TonightScreen
from ui.services import Services

TYPE = "second_hand_transfer"


def give(evening: Evening, type_code: str = TYPE) -> None:
    evening.write(
        lambda db: line.issue(
            db, evening.who, evening.now, fact_id=new_id(evening.now), slip_id=new_id(evening.now),
            rules=rules_from(packs.pack_set(db)), type_code=type_code,
        )
    )  # fmt: skip


def call(evening: Evening, minutes: int = 0) -> Slip | None:
    now = evening.now + timedelta(minutes=minutes)
    ids = (new_id(evening.now), new_id(evening.now))
    return evening.write(
        lambda db: line.call_next(db, evening.who, now, fact_ids=ids, rules=rules_from(packs.pack_set(db)))
    )[1]


def numbered(evening: Evening, number: str) -> Slip:
    (found,) = [slip for slip in slips(evening) if slip.number == number]
    return found


def taken_in(window: MainWindow, evening: Evening, number: str) -> IntakeScreen:
    window.new_intake()
    wait_until(lambda: numbered(evening, number).application_id, "the case of the number")
    intake = window.screen_of("intake")
    assert isinstance(intake, IntakeScreen)
    return intake


def discard(window: MainWindow, services: Services, case: str, keep: object) -> None:
    """What the sheet does once the reason is given."""
    from ui.screens.case_closing import _Ending

    closing = CaseClosing(services, window)
    closing._end(case, _Ending("withdrawal", "discarded", "改日再来"), keep)  # type: ignore[arg-type]


def test_who_was_called_is_taken_in_and_their_case_ends_the_number(
    window: MainWindow, services: Services, evening: Evening
):
    give(evening)
    give(evening)
    call(evening)
    intake = taken_in(window, evening, "A001")
    case = intake.case()
    assert case is not None and window.place() == "intake"
    assert case.application.type_code == TYPE == case.checklist.type_code
    assert numbered(evening, "A001").application_id == case.id
    window.go("tonight")
    window.new_intake()  # comes back to it and begins no second one
    assert intake.case() is case
    discard(window, services, case.id, case.keeping_operation())
    wait_until(lambda: numbered(evening, "A001").state is SlipState.SERVED, "the number served")
    assert numbered(evening, "A001").application_id == case.id
    tonight = window.screen_of("tonight")
    assert isinstance(tonight, TonightScreen)
    wait_until(lambda: tonight.line.waiting and tonight.line.number() != "A001", "the card")
    tonight.line.call_next()
    wait_until(lambda: numbered(evening, "A002").state is SlipState.CALLED, "the next one")


def test_a_submission_serves_the_number_in_its_own_transaction(
    window: MainWindow, services: Services, evening: Evening
):
    from ui.intake.submission import submission

    give(evening)
    slip = call(evening)
    assert slip is not None
    draft = evening.complete()
    evening.write(
        line.begin, evening.who, evening.now, fact_id=new_id(evening.now), slip_id=slip.id,
        application_id=draft.id,
    )  # fmt: skip
    window.new_intake()  # the draft that the number has goes on
    intake = window.screen_of("intake")
    assert isinstance(intake, IntakeScreen)
    wait_until(lambda: (found := intake.case()) is not None and found.id == draft.id, "the draft")
    case = intake.case()
    assert case is not None
    changes, receipt = evening.write(submission(services, case))
    assert "queue" in changes.topics
    served = numbered(evening, "A001")
    assert (served.state, served.application_id) == (SlipState.SERVED, receipt.application_id)


def test_a_draft_put_aside_keeps_its_number_at_the_table(window: MainWindow, evening: Evening):
    give(evening)
    give(evening, "")
    call(evening)
    first = taken_in(window, evening, "A001").case()
    assert first is not None
    first_id = first.id
    wait_until(lambda: evening.read(applications.detail, first_id) is not None, "the stored draft")
    call(evening, 1)
    assert numbered(evening, "A001").state is SlipState.CALLED
    second = taken_in(window, evening, "A002").case()
    assert second is not None and second.id != first_id
    found = evening.read(applications.detail, first_id)
    assert found is not None and found.state is CaseState.DRAFT


def test_enter_on_the_number_at_the_table_opens_its_household(
    window: MainWindow, evening: Evening, qtbot: QtBot
):
    household = COMPOUND["households"][3]["id"]
    slip_id = new_id(evening.now)
    evening.write(
        line.book, evening.who, evening.now, fact_id=new_id(evening.now), slip_id=slip_id, compound_id="c1",
        day="2026-11-24", time="20:00", name="张立群", household_id=household, type_code=TYPE,
    )  # fmt: skip
    evening.write(
        lambda db: line.issue(
            db, evening.who, evening.now, fact_id=new_id(evening.now), slip_id=slip_id,
            rules=rules_from(packs.pack_set(db)), type_code=TYPE, reason="appointment",
        )
    )  # fmt: skip
    call(evening)
    screen = line_of(window, qtbot)
    wait_until(lambda: screen.table.line_count() == 1, "the number")
    screen.table.selectRow(0)
    screen.table.setFocus()
    press("Return", screen.table)
    wait_until(lambda: numbered(evening, "P001").application_id, "the case of the number")
    intake = window.screen_of("intake")
    assert isinstance(intake, IntakeScreen)
    case = intake.case()
    assert case is not None and case.household is not None and case.household.id == household


def test_a_case_that_was_prepared_for_the_household_goes_on_and_no_second_one_begins(
    window: MainWindow, evening: Evening
):
    home = COMPOUND["households"][4]["id"]
    prepared = evening.start(home)
    rules = evening.read(lambda db: rules_from(packs.pack_set(db)))
    for slip_id, type_code in (("ap-1", prepared.type_code), ("ap-2", TYPE)):
        given: Any = {"slip_id": slip_id, "type_code": type_code}
        evening.write(
            line.book, evening.who, evening.now, fact_id=new_id(evening.now), compound_id="c1",
            day="2026-11-24", time="20:00", name="张立群", household_id=home, **given,
        )  # fmt: skip
        evening.write(
            line.issue, evening.who, evening.now, fact_id=new_id(evening.now), rules=rules,
            reason="appointment", **given,
        )  # fmt: skip
    call(evening)
    intake = taken_in(window, evening, "P001")
    assert numbered(evening, "P001").application_id == prepared.id
    wait_until(lambda: (found := intake.case()) is not None and found.id == prepared.id, "the prepared case")
    other = evening.read(line.slip, "ap-2")
    assert other is not None and evening.read(line.prepared, other) == ""  # of another type
