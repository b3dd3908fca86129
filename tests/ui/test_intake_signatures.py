"""Signing in the window: drawn in time, bound to the words beside the pad; what changed is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from registration.parties import Guardian, Party, Role
from registration.signatures import is_drawn
from tests import walks
from tests.driving import draw, press, tend, wait_until
from tests.storage.evening import Evening
from tests.ui.intake_walk import begin, stored, type_applicant
from ui.intake.case import IntakeCase
from ui.intake.screen import IntakeScreen
from ui.intake.signature_places import Standing
from ui.intake.steps import Step
from ui.main_window import MainWindow

CHILD = Party(
    name="张小宝",
    document_number="620102201501017711",
    phone="13812345678",
    guardian=Guardian("魏秀英", document_number="620102196203041226", phone="13893104567"),
)


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    found = begin(window)
    type_applicant(found)
    press("Alt+5")
    walks.answer_inquiry(found)
    wait_until(lambda: found.step() is Step.SIGNATURES, "the signatures")
    return found


def case_of(screen: IntakeScreen) -> IntakeCase:
    case = screen.case()
    assert case is not None
    return case


def test_a_signature_is_drawn_accepted_and_kept_with_its_time(screen: IntakeScreen, evening: Evening):
    page, case = screen.signatures_page, case_of(screen)
    assert page.places.standings() == (Standing.OPEN, Standing.OPEN)
    assert case.application.first_applicant.document_number in page.text.text()
    press("Return")  # nothing drawn yet: Enter passes over nobody
    assert screen.step() is Step.SIGNATURES and page.entry_in_focus() == "application_form.0"
    walks.sign(screen)
    wait_until(lambda: screen.step() is Step.FEES, "the fees")
    codes = {signature.document for signature in case.application.signatures}
    assert codes == {"application_form", "inquiry_record"}
    assert all(is_drawn(signature.strokes) for signature in case.application.signatures)
    assert not [problem for problem in case.missing() if problem.field.startswith("signatures")]
    screen.save()
    wait_until(lambda: len(stored(evening, case.id).application.signatures) == 2, "them on the disk")


def test_a_dot_is_no_signature(screen: IntakeScreen):
    page, case = screen.signatures_page, case_of(screen)
    draw(page.pad, [[(0.4, 0.4), (0.42, 0.42)]], 0.01)
    press("Return")
    assert case.application.signatures == () and page.pad.strokes() == ()
    draw(page.pad, walks.HAND)
    press("Esc")  # gives up what was drawn, and does not leave the step
    assert page.pad.strokes() == () and screen.step() is Step.SIGNATURES


def test_a_change_of_what_was_signed_is_said_and_signed_again(screen: IntakeScreen):
    page, case = screen.signatures_page, case_of(screen)
    walks.sign(screen)
    press("Alt+6")
    assert page.places.standings() == (Standing.SIGNED, Standing.SIGNED)
    case.edit(lambda a: replace(a, parties=(replace(a.parties[0], phone="13893104568"),)))
    assert page.places.standings() == (Standing.OUTDATED, Standing.SIGNED)
    assert [p.code for p in case.missing() if p.field == "signatures.application_form.0"] == [
        "signature_outdated"
    ]
    page.focus_entry("application_form.0")
    draw(page.pad, walks.HAND)
    press("Return")
    assert page.places.standings() == (Standing.SIGNED, Standing.SIGNED)
    wait_until(lambda: screen.step() is Step.FEES, "the fees, after the last signature")
    press("Alt+6")
    press("Up")
    press("Delete")  # taken back
    assert Standing.OPEN in page.places.standings()


def test_signed_on_paper_asks_for_the_paper_in_its_row(screen: IntakeScreen):
    page, case = screen.signatures_page, case_of(screen)
    press("P")
    press("P")
    assert page.places.standings() == (Standing.SIGNED, Standing.SIGNED)
    lacking = {problem.field for problem in case.missing()}
    assert {"materials.application_form", "materials.inquiry_record"} <= lacking
    assert not [field for field in lacking if field.startswith("signatures")]


def test_a_guardian_signs_for_the_ward_and_the_other_side_for_itself(screen: IntakeScreen):
    case, page = case_of(screen), screen.signatures_page
    seller = Party(Role.OBLIGOR, "陈卫东", document_number="620102197811052310", phone="13919876543")
    case.edit(lambda a: replace(a, parties=(CHILD, seller)))
    assert [place.who for place in page.places.places()] == ["魏*英代张*宝", "陈*东"] * 2


def test_a_pen_draws_with_its_pressure(screen: IntakeScreen):
    pad = screen.signatures_page.pad
    pen = QPointingDevice.primaryPointingDevice()
    box = pad.field()
    for kind, at, pressure in (
        (QEvent.Type.TabletPress, 0.2, 0.8),
        (QEvent.Type.TabletMove, 0.5, 0.4),
        (QEvent.Type.TabletMove, 0.7, 0.0),  # lifted: draws nothing
        (QEvent.Type.TabletMove, 0.8, 0.3),
        (QEvent.Type.TabletRelease, 0.8, 0.0),
    ):
        point = QPointF(box.left() + at * box.width(), box.center().y())
        event = QTabletEvent(
            kind, pen, point, pad.mapToGlobal(point), pressure, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)
        tend(0.01)
    (stroke,) = pad.strokes()
    assert [round(x, 1) for x, _, _ in stroke] == [0.2, 0.5, 0.8]
    assert [y for _, y, _ in stroke] == pytest.approx([0.5] * 3, abs=0.01)
    assert stroke[0][2] <= stroke[-1][2]


def test_the_text_stands_beside_the_pad_where_there_is_room_and_over_it_where_not(screen: IntakeScreen):
    page, window = screen.signatures_page, screen.window()
    for width, beside in ((1366, True), (1180, True), (1024, False), (1366, True)):
        window.resize(width, 768)
        tend(0.1)
        text, pad = page.beside.geometry(), page.card.geometry()
        assert (text.left() > pad.right()) is beside, width
        assert (text.bottom() < pad.top()) is not beside, width
        assert text.height() >= 110 and page.pad.height() >= 96, width
