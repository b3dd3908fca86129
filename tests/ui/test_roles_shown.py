"""Who prepares sees who takes in, refuses and voids, instead of a button that answers no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registration.rights import Act, Role
from storage import applications
from tests.driving import wait_until
from tests.storage.evening import Evening
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.role_words import who_may
from ui.screens.papers import PapersScreen
from ui.screens.queue import QueueScreen


@pytest.mark.parametrize(("role", "able"), [(Role.HELPER, False), (Role.OPERATOR, True)])
def test_only_an_operator_can_press_what_an_operator_answers_for(
    window: MainWindow, evening: Evening, role: Role, able: bool
) -> None:
    found = evening.read(applications.rows)
    case = next(row.id for row in found if row.acceptance_number)
    draft = next(row.id for row in found if not row.receipt_number)
    evening.who = replace(evening.who, role=role)
    queue = window.go("queue")
    assert isinstance(queue, QueueScreen)
    queue.show_case(case)
    detail = queue._detail
    wait_until(lambda: detail._loaded is not None and detail._loaded[0].application.id == case, "the case")
    assert detail._end.isEnabled() is able
    assert ("收件人员" in detail._where.text_whole()) is not able
    detail.ask_papers()
    papers = window.screen_of("papers")
    assert isinstance(papers, PapersScreen)
    wait_until(papers.pdf, "the papers", 30)
    assert papers.void_button.isEnabled() is able
    papers.ask_void()
    assert papers.problem.isVisible() is not able
    window.go("queue")
    detail.draft_wanted.emit(draft)
    intake = window.screen_of("intake")
    assert isinstance(intake, IntakeScreen)
    wait_until(lambda: intake._case is not None, "the draft")
    intake.go(Step.REVIEW)
    page = intake.review_page
    assert (page.on_button.isEnabled(), page.refuse_button.isEnabled()) == (able, able)


def test_who_may_is_not_told() -> None:
    assert who_may(Role.OPERATOR, Act.SUBMIT) == []
    assert who_may(Role.HELPER, Act.SUBMIT)
