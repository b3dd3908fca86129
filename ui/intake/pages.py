"""The eight pages of the intake in a pile, each with what works beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from storage.duplicates import Duplicate
from ui.intake.adding import PageAdder
from ui.intake.agreement import AgreementSide
from ui.intake.applicant import ApplicantPage
from ui.intake.capture import CaptureSide
from ui.intake.card import CardSide
from ui.intake.case import IntakeCase
from ui.intake.duplicates import DuplicateNotice, DuplicateWatch
from ui.intake.fees import FeesPage
from ui.intake.inquiry import InquiryPage
from ui.intake.materials import MaterialsPage
from ui.intake.page import Companion, StepPage
from ui.intake.privacy_row import PrivacyRow
from ui.intake.promises import Promises
from ui.intake.property import PropertyPage
from ui.intake.review import ReviewPage
from ui.intake.signatures import SignaturesPage
from ui.intake.steps import Step
from ui.intake.type import TypePage

if TYPE_CHECKING:
    from ui.services import Services


class IntakePages(QStackedWidget):
    """`page(step)`, `here()`; `went_on` and `went_back` are the wish of whichever page is in view.

    `case_requested(id)` when a person wants to see another open case of the same household or person.
    """

    went_on, went_back = Signal(), Signal()
    case_requested = Signal(str)

    def __init__(self, services: Services, adder: PageAdder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.applicant = ApplicantPage()
        self.household = PropertyPage(services)
        self.type = TypePage(services)
        self.materials = MaterialsPage(services, adder)
        self.inquiry = InquiryPage()
        self.signatures = SignaturesPage(services.clock, PrivacyRow(services))
        self.fees = FeesPage()
        self.review = ReviewPage()
        self.card_side = CardSide(services, self.applicant)
        self.agreement = AgreementSide(services, self.materials)
        self.capture_side = CaptureSide(services, self.materials, adder)
        self.applicant.companions.append(self.card_side)
        self.promises = Promises(self.materials)
        self.materials.companions += [self.promises, self.capture_side, self.agreement]
        pages: tuple[StepPage, ...] = (
            self.applicant,
            self.household,
            self.type,
            self.materials,
            self.inquiry,
            self.signatures,
            self.fees,
            self.review,
        )
        self._by_step = {page.step: page for page in pages}
        self.duplicates = DuplicateWatch(services, self)
        self.duplicates.open_wanted.connect(self.case_requested)
        self.cautions = tuple(
            DuplicateNotice(self.duplicates, wanted)
            for wanted in (_same_person, _same_household, _any_duplicate)
        )
        cautioned = (self.applicant, self.household, self.review)
        for page, caution in zip(cautioned, self.cautions, strict=True):
            page.content.insertWidget(0, caution)
        for page in pages:
            self.addWidget(page)
            page.went_on.connect(self.went_on)
            page.went_back.connect(self.went_back)

    def page(self, step: Step) -> StepPage:
        return self._by_step[step]

    def here(self) -> StepPage:
        """Return the page in view."""
        return self._by_step[tuple(self._by_step)[self.currentIndex()]]

    def bind(self, case: IntakeCase) -> None:
        for page in self._by_step.values():
            page.bind(case)
        self.duplicates.bind(case)
        self.promises.bind(case)

    def give_up(self) -> bool:
        """Leave what is half done in view; False where nothing is."""
        return any(part.give_up() for part in _parts(self.here()))

    def keys(self) -> list[tuple[str, str]]:
        """Return the keys of the page in view, its own before those of what works beside it."""
        found: list[tuple[str, str]] = []
        for part in (self.here(), *self.here().companions):
            found += part.keys()
        return found

    def retranslate(self) -> None:
        for page in self._by_step.values():
            for part in _parts(page):
                part.retranslate()
        for caution in self.cautions:
            caution.retranslate()


def _parts(page: StepPage) -> Iterator[Companion | StepPage]:
    """What works beside a page comes first: it holds what is half done."""
    yield from page.companions
    yield page


def _same_person(duplicate: Duplicate) -> bool:
    return duplicate.same_person


def _same_household(duplicate: Duplicate) -> bool:
    return duplicate.same_household


def _any_duplicate(_duplicate: Duplicate) -> bool:
    return True
