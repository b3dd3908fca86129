"""A photographed identity card is read and offered; nothing is entered before a key says so."""

from __future__ import annotations

import json

import pytest

from tests.driving import drop, press, wait_until
from tests.ui.intake_walk import PERSON, SAMPLES, at_materials
from ui.intake.steps import Step
from ui.main_window import MainWindow

CARD = "id_card_front-007-00.jpg"
TRUTH = json.loads((SAMPLES / "truth.json").read_text("utf-8"))[CARD]["fields"]


@pytest.mark.timeout(240)
def test_a_card_that_says_another_name_is_shown_beside_the_entries_and_taken_over_by_a_key(
    window: MainWindow,
):
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    drop(screen.materials_page.board.row("identity"), [SAMPLES / CARD])
    wait_until(lambda: screen.card_side._captured, "the card being read", 120)
    assert case.application.first_applicant.document_number == PERSON["id_number"]
    press("Alt+1", screen.materials_page.board)
    wait_until(lambda: screen.step() is Step.APPLICANT, "the applicant")
    assert screen.applicant_page.editors["name"].text() == PERSON["name"]
    press("F2", screen.applicant_page.editors["name"])
    wait_until(lambda: screen.applicant_page.editors["name"].text() == TRUTH["name"], "the card's name")
    first = case.application.first_applicant
    assert (first.document_number, first.address) == (TRUTH["id_number"], TRUTH["address"])
    assert first.phone == PERSON["phone"]
