"""A scripted operator at the table: reads cards, photographs papers, asks, submits, and counts every key."""

from __future__ import annotations

from dataclasses import dataclass, field

from registration.checklist import offered_types
from registration.identifiers import id_check_character
from registration.packs import INQUIRY, TYPES
from tests import driving, walks
from tests.capture.devices.fed_camera import FedLens
from tests.capture.devices.simulated_reader import SimulatedCard, SimulatedReader, citizen
from tests.driving import tend, wait_until
from tests.ui.intake_walk import SAMPLES
from ui.intake.case import IntakeCase
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow

PAPER = (SAMPLES / "purchase_contract-007-01.jpg").read_bytes()
PHONE = "13893104567"
KEY_SECONDS, LOOK_SECONDS = 0.28, 1.35
"""Seconds of a hand: one key, and one look before an act (Card, Moran and Newell's keystroke-level model)."""
PAPER_SECONDS, QUESTION_SECONDS, SIGNING_SECONDS = 6.0, 3.0, 6.0
"""Assumed, not measured: to lay a paper down, to ask a question and be answered, to sign once."""


@dataclass
class Operator:
    """Counts what the hand does; `seconds` is how long a person would take, by the assumptions above."""

    window: MainWindow
    reader: SimulatedReader
    lens: FedLens
    keys: int = 0
    looks: int = 0
    papers: int = 0
    questions: int = 0
    signatures: int = 0
    open_points: tuple[str, ...] = field(default=())

    @property
    def seconds(self) -> float:
        return (
            self.keys * KEY_SECONDS
            + self.looks * LOOK_SECONDS
            + self.papers * PAPER_SECONDS
            + self.questions * QUESTION_SECONDS
            + self.signatures * SIGNING_SECONDS
        )

    def press(self, keys: str) -> None:
        driving.press(keys)
        self.keys += 1

    def write(self, text: str) -> None:
        driving.write(text)
        self.keys += len(text)

    def intake(self, type_code: str, room: str = "3-1201") -> str:
        """Take one case of a type from the first key to its receipt; return the case's id.

        `open_points` keeps what the rules still ask for where the type needs more than cards and papers: then
        nothing is submitted.
        """
        case = self.to_review(type_code, room)
        if not self.open_points:
            self.press("Ctrl+Return")
            wait_until(lambda: self.window.place() == "receipt", "the receipt")
        return case.id

    def to_review(self, type_code: str, room: str = "3-1201") -> IntakeCase:
        """Take one case up to its review; `open_points` says what is missing there."""
        driving.press("Ctrl+N", self.window)
        self.keys += 1
        wait_until(lambda: self.window.place() == "intake", "the intake")
        screen = self.window.screen_of("intake")
        assert isinstance(screen, IntakeScreen)
        wait_until(lambda: screen.card_side.panel.state.text() == "已连接", "the reader")
        case = screen.case()
        assert case is not None
        self._card(screen, 0)
        self.press("Alt+2")
        self._household(screen, room)
        self._type(screen, case, type_code)
        self.press("Return")
        tend(0.1)
        if screen.step() is Step.TYPE:  # the hand is on the sub-types, of which none is usual
            self.press("1")
            self.press("Return")
        if any(p.code == "obligor_missing" for p in case.missing()):
            self.press("Alt+1")
            self.press("Shift+F3")
            self._card(screen, 1)
            self.press("Alt+4")
        wait_until(lambda: screen.step() is Step.MATERIALS, "the materials")
        self._papers(screen, case)
        self.press("Return")
        self._inquiry(screen, case)
        self._sign(screen)
        wait_until(lambda: screen.step() is Step.FEES, "the fees")
        self.press("Return")
        wait_until(lambda: screen.step() is Step.REVIEW, "the review")
        self.looks += 1
        self.open_points = tuple(problem.code for problem in case.missing())
        return case

    def card_body(self, number: int) -> str:
        """Return the first 17 characters of the identity number of the case's first or second person."""
        return f"620102198{number + 5}0307123"

    def _card(self, screen: IntakeScreen, number: int) -> None:
        body = self.card_body(number)
        self.reader.lay(SimulatedCard(citizen(body + id_check_character(body))))
        tend(0.3)
        self.looks += 1
        self.press("F2")
        wait_until(screen.card_side.panel.values["name"].isVisible, "what the card says")
        self.press("F2")
        wait_until(screen.applicant_page.editors["phone"].hasFocus, "the hand on the telephone")
        self.write(PHONE)

    def _household(self, screen: IntakeScreen, room: str) -> None:
        picker = screen.property_page.picker
        wait_until(lambda: picker.grid.current_cell() is not None, "the building table")
        self.looks += 1
        self.write(room)
        self.press("Return")
        wait_until(lambda: screen.step() is Step.TYPE, "the type")

    def _type(self, _screen: IntakeScreen, case: IntakeCase, type_code: str) -> None:
        self.looks += 1
        codes = [code for code, _, _ in offered_types(case.packs[TYPES])]
        if case.application.type_code != type_code:
            self.press(str(codes.index(type_code) + 1))
        assert case.application.type_code == type_code

    def _papers(self, screen: IntakeScreen, case: IntakeCase) -> None:
        side, board = screen.capture_side, screen.materials_page.board
        if not side.live():  # it stays on from one intake to the next
            self.press("F2")
        wait_until(lambda: not side.panel.view.picture().isNull(), "the live picture")
        while True:
            before = len(case.pages)
            if not any(p.field.startswith("materials.") for p in case.missing()):
                return
            self.papers += 1
            self.lens.lay(PAPER)
            tend(0.2)
            self.press("Return")
            wait_until(lambda before=before: len(case.pages) > before, "the page", 30)  # type: ignore[misc]
            if board.current_row() == "identity" and len(case.pages_of("identity")) == 1:
                self.papers += 1  # the other side
                self.press("Space")
                wait_until(lambda: len(case.pages_of("identity")) == 2, "the other side", 30)

    def _inquiry(self, screen: IntakeScreen, case: IntakeCase) -> None:
        wait_until(lambda: screen.step() is Step.INQUIRY, "the inquiry")
        page, known = screen.inquiry_page, case.packs[INQUIRY]["questions"]
        self.questions += 3
        self.press("U")
        while (question := page.open_question()) is not None:
            asked = known[question[0]]
            self.questions += 1
            if asked["kind"] == "text":
                self.write("ok")
                self.press("Return")
            else:
                usual = "Y" if asked.get("must_be") == "yes" else "N"
                self.press("1" if asked["kind"] == "choice" else usual)
        self.press("Return")

    def _sign(self, screen: IntakeScreen) -> None:
        wait_until(lambda: screen.step() is Step.SIGNATURES, "the signatures")
        page = screen.signatures_page
        for place in page.places.places():
            before = page.places.standings()
            driving.draw(page.pad, walks.HAND)
            self.signatures += 1
            self.press("Return")
            wait_until(lambda before=before: page.places.standings() != before, place.document)  # type: ignore[misc]
