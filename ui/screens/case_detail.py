"""One case beside the list: what it is, where it is, its papers, its history, and what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.application import CaseState, Delivery
from registration.changes import Changes
from registration.facts import Topic
from registration.identifiers import mask_name, mask_tail, unit_code_groups
from registration.parties import Party
from registration.rights import Act, may
from storage import audit, operations, packs
from storage.values import ApplicationDetail
from ui.messages import language
from ui.moments import day_and_time
from ui.role_words import who_may
from ui.run import read_aside, run
from ui.screens.case_closing import CaseClosing
from ui.screens.case_loading import Loaded, load_case
from ui.screens.case_online import ChecksSection, TracksSection, mortgage_facts
from ui.screens.case_revisions import RevisionsSection, view_pages, view_revision
from ui.screens.case_sections import FactsSection, HistorySection, PapersSection
from ui.screens.case_ways import (
    Way,
    may_supplement,
    parked,
    remedy_words,
    standing_words,
    way_of,
    way_words,
)
from ui.sending_words import failed_words
from ui.services import Services
from ui.states import row_chip
from ui.theme import Tone
from ui.widgets import (
    Card,
    Chip,
    EmptyState,
    InlineProblem,
    Lamps,
    Line,
    PrimaryButton,
    RevealButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.lamps import lamps_words

_CHECKED = (CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.RETURNED)
_WITHDRAWABLE = _CHECKED  # until the property is in the register


class CaseDetail(Screen):
    """`show_case(id)` in; `draft_wanted`, `papers_wanted`, `conflict_wanted` (id) and `receipt_wanted` out.

    Names and numbers are masked until the button or F8 is held; each look is audited.
    """

    draft_wanted = Signal(str)
    receipt_wanted = Signal(object)
    papers_wanted = Signal(str)
    conflict_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._id = ""
        self._loaded: Loaded | None = None
        self._revealed = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card(margins=0)
        outer.addWidget(card)
        self._empty = EmptyState("file-text")
        card.body.addWidget(self._empty, 1)
        self._scroll = ScrollArea(spacing=16)
        card.body.addWidget(self._scroll, 1)
        self._build_column(self._scroll.column)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(20, 0, 20, 18)
        foot.setSpacing(12)
        foot.addWidget(Line())
        self._go = PrimaryButton("", "Enter")
        self._go.clicked.connect(self.go)
        self._receipt = SecondaryButton("", "Ctrl R", "file-text")
        self._receipt.clicked.connect(self.show_receipt)
        self._more = SecondaryButton("", "F4", "plus")
        self._more.clicked.connect(self.mend)
        self._all_papers = SecondaryButton("", "Ctrl P", "printer")
        self._all_papers.clicked.connect(self.ask_papers)
        self._renew = SecondaryButton("", "F7", "refresh-cw")
        self._renew.clicked.connect(self.renew)
        self._end = SecondaryButton("", "F9", "x")
        self._end.clicked.connect(self.end_case)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        for button in (self._all_papers, self._end):
            beside.addWidget(button, 1)
        for part in (self._go, self._renew):
            foot.addWidget(part)
        also = QHBoxLayout()
        also.setSpacing(12)
        for button in (self._receipt, self._more):
            also.addWidget(button, 1)
        foot.addLayout(also)
        foot.addLayout(beside)
        self._closing = CaseClosing(services, self)
        card.body.addWidget(self._foot)
        card.body.setSpacing(0)
        services.signals.changed.connect(self._changed)
        self.retranslate()

    def show_case(self, application_id: str) -> None:
        """Show a case; "" shows what to do instead."""
        if application_id != self._id:
            self._scroll.verticalScrollBar().setValue(0)
            self._revealed = False
        self._id = application_id
        self._reload()

    def application_id(self) -> str:
        return self._id

    def go(self) -> None:
        """Do what the case is waiting for: go on with the draft, mend it, compare, or show its receipt."""
        if self._loaded is None:
            return
        way = way_of(self._loaded[0])
        if way is Way.DRAFT:
            self.draft_wanted.emit(self._id)
        elif way is Way.COMPARE:
            self.conflict_wanted.emit(self._id)
        elif way is Way.MEND:
            self._begin_revision()
        else:
            self.show_receipt()

    def show_receipt(self) -> None:
        """Show the receipt of the case in view, as it was issued last."""
        if self._loaded is not None and self._loaded[0].receipt is not None:
            self.receipt_wanted.emit(self._loaded[0].receipt)

    def mend(self) -> None:
        """Open the case in view for its next revision, where that may be."""
        detail = self._loaded[0] if self._loaded is not None else None
        if detail is not None and (way_of(detail) is Way.MEND or may_supplement(detail)):
            self._begin_revision()

    def _begin_revision(self) -> None:
        services, wanted = self._services, self._id
        who, now = services.who, services.clock()
        run(
            self,
            services,
            lambda db: operations.begin_revision(db, who, now, wanted),
            lambda _: self.draft_wanted.emit(wanted),
            self._problem.show_problem,
        )

    def ask_papers(self) -> None:
        """Ask for all papers of the case in view."""
        if self._loaded is not None:
            self.papers_wanted.emit(self._id)

    def end_case(self) -> None:
        """Ask how the case in view ends here: a draft is not accepted, a submitted case is withdrawn."""
        if self._loaded is None:
            return
        state = self._loaded[0].state
        if self._loaded[0].mending:
            return
        if state is CaseState.DRAFT:
            self._closing.refuse(self._id)
        elif state in _WITHDRAWABLE:
            self._closing.withdraw(self._id)

    def renew(self) -> None:
        """Let the draft in view go on in the newest rules."""
        if self._loaded is None or not self._loaded[3]:
            return
        who, now, wanted = self._services.who, self._services.clock(), self._id
        run(self, self._services, lambda db: packs.renew(db, who, now, wanted))

    def take_focus(self) -> None:
        """Bring the hand to what the case is waiting for."""
        self._go.setFocus()

    def set_revealed(self, on: bool) -> None:
        self._reveal.set_revealed(on)

    def retranslate(self) -> None:
        self._empty.set_words(
            self.tr("No case chosen"), self.tr("Choose one in the list to see its papers and its history.")
        )
        self._reveal.set_text(self.tr("Hold to show"))
        self._people.set_heading(self.tr("Applicant"))
        self._property.set_heading(self.tr("Property"))
        self._mortgage.set_heading(self.tr("Mortgage"))
        self._fill()

    def _build_column(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(20, 18, 20, 18)
        head = QVBoxLayout()
        head.setSpacing(6)
        top = QHBoxLayout()
        self._chip, self._lamps = Chip(), Lamps()
        top.addWidget(self._chip)
        top.addStretch(1)
        top.addWidget(self._lamps)
        head.addLayout(top)
        self._number = Text("", "heading", selectable=True)
        self._accepted = Text("", wrap=True, selectable=True)
        self._accepted.set_tone(Tone.BLUE)
        self._where = Text("", "small", wrap=True)
        for part in (self._number, self._accepted, self._where):
            head.addWidget(part)
        column.addLayout(head)
        self._problem = InlineProblem()
        self._problem.retried.connect(self._retry)
        column.addWidget(self._problem)
        self._people, self._property, self._mortgage = FactsSection(), FactsSection(), FactsSection()
        self._checks, self._tracks = ChecksSection(), TracksSection()
        self._papers, self._history = PapersSection(), HistorySection()
        self._revisions = RevisionsSection()
        self._revisions.revision_pressed.connect(self._view_revision)
        self._reveal = RevealButton("", "F8")
        self._reveal.revealed.connect(self._show_people)
        self._people.aside_heading.addWidget(self._reveal)
        self._papers.page_pressed.connect(self._view)
        for section in (
            self._people, self._property, self._mortgage, self._checks, self._tracks, self._papers,
            self._revisions, self._history,
        ):  # fmt: skip
            column.addWidget(section)
        column.addStretch(1)

    def _changed(self, changes: Changes) -> None:
        touched = self._id in changes.applications or changes.outbox or Topic.COLLECTION in changes.topics
        if self._id and touched:
            self._reload()

    def _reload(self) -> None:
        wanted = self._id
        if not wanted:
            self._arrived("", None)
            return
        today = self._services.clock().date()
        read_aside(
            self,
            self._services,
            lambda db: load_case(db, wanted, today),
            lambda got: self._arrived(wanted, got),
        )

    def _arrived(self, wanted: str, loaded: Loaded | None) -> None:
        if wanted == self._id:
            self._loaded = loaded
            self._fill()

    def _fill(self) -> None:
        self._empty.setVisible(self._loaded is None)
        self._scroll.setVisible(self._loaded is not None)
        if self._loaded is None:
            self._foot.hide()
            return
        detail, checklist, images, newer, certificate = self._loaded
        now, draft = self._services.clock(), detail.state is CaseState.DRAFT
        way = way_of(detail)
        self._go.setVisible(way is not Way.NONE)
        self._receipt.setVisible(way is not Way.RECEIPT and detail.receipt is not None)
        self._receipt.set_text(self.tr("Receipt"))
        self._more.setVisible(may_supplement(detail))
        self._more.set_text(self.tr("Supplement…"))
        self._foot.show()
        self._all_papers.set_text(self.tr("Papers…"))
        self._go.set_text(way_words(detail))
        self._chip.set_chip(*row_chip(detail.state, Delivery.DRAFT, mending=detail.mending))
        self._lamps.set_lamps(detail.delivery, detail.second_copy)
        self._number.set_text(detail.receipt.number if detail.receipt else self.tr("Not submitted yet"))
        self._accepted.setVisible(bool(detail.acceptance_number))
        if detail.acceptance_number and detail.accepted_at:
            time = day_and_time(detail.accepted_at, now)
            self._accepted.set_text(
                self.tr("Acceptance number {number} · {time}").format(
                    number=detail.acceptance_number, time=time
                )
            )
        where = [lamps_words(detail.delivery, detail.second_copy)]
        if newer:
            where.append(self.tr("Began with older rules, and is judged by them until it takes the newest."))
        where[:0] = standing_words(detail, certificate, now)
        where += who_may(self._services.who.role, Act.END_CASE)
        self._where.set_text("\n".join(where))
        self._show_problem(detail)
        self._fill_people()
        self._property.show_facts([self._property_facts(detail)])
        mortgage = detail.application.mortgage
        self._mortgage.setVisible(mortgage is not None)
        self._mortgage.show_facts([mortgage_facts(mortgage)] if mortgage is not None else [])
        self._checks.show_checks(detail.checks if detail.state in _CHECKED else ())
        self._tracks.show_tracks(() if draft else detail.tracks)
        self._revisions.show_revisions(detail.revisions, now)
        self._end.setVisible((draft and not detail.mending) or detail.state in _WITHDRAWABLE)
        role = self._services.who.role
        self._end.setEnabled(may(role, Act.END_CASE))
        self._more.setEnabled(may(role, Act.MEND))
        self._go.setEnabled(way is not Way.MEND or may(role, Act.MEND))
        self._end.set_text(self.tr("Refuse…") if draft else self.tr("Withdraw…"))
        self._renew.setVisible(bool(newer))
        self._renew.set_text(self.tr("Take the newest rules"))
        self._papers.show_papers(detail.application, checklist, detail.pages, images)
        self._history.show_history(detail.history, now)

    def _show_problem(self, detail: ApplicationDetail) -> None:
        english = language() == "en"
        stopped = parked(detail)
        if stopped is not None:
            self._problem.show_words(
                self.tr("The centre did not take this case"),
                stopped.en if english else stopped.zh,
                remedy_words(detail, stopped),
                tone=Tone.SEAL,
                can_retry=True,
            )
        elif detail.problem_zh and detail.state in (CaseState.RETURNED, CaseState.REJECTED):
            said = detail.problem_en if english else detail.problem_zh
            self._problem.show_words(self.tr("What the centre says"), said)
        elif detail.problems and detail.delivery is not Delivery.HELD:
            last, status = detail.problems[0], self._services.courier.status
            tried = self.tr("Not sent yet, tried {n} times").format(n=last.attempts)
            self._problem.show_words(tried, *failed_words(last, status, self._services.clock()))
        else:
            self._problem.clear()

    def _show_people(self, on: bool) -> None:
        if self._loaded is None:
            return
        self._revealed = on
        if on:
            services, wanted = self._services, self._id
            who, now = services.who, services.clock()
            run(self, services, lambda db: audit.append(db, who, now, "personal_data_shown", wanted))
        self._fill_people()

    def _fill_people(self) -> None:
        parties = self._loaded[0].application.parties if self._loaded is not None else ()
        self._people.show_facts([self._party_facts(party, self._revealed) for party in parties])

    def _party_facts(self, party: Party, on: bool) -> list[tuple[str, str]]:
        number, phone = party.document_number, party.phone
        return [
            (self.tr("Name"), party.name if on else mask_name(party.name)),
            (self.tr("ID number"), number if on else mask_tail(number[-8:])),
            (self.tr("Phone"), phone if on else mask_tail(phone[-8:])),
        ]

    def _property_facts(self, detail: ApplicationDetail) -> list[tuple[str, str]]:
        facts = [(self.tr("Compound"), detail.compound.name)]
        if detail.application.cross_province:
            facts.append((self.tr("Cross-province"), self.tr("Filed here for another province's register")))
        if (household := detail.household) is not None:
            facts += [
                (self.tr("Household"), household.label),
                (self.tr("Address"), household.address),
                (self.tr("Unit code"), unit_code_groups(household.unit_code) if household.unit_code else ""),
                (self.tr("Area"), f"{household.area} m²" if household.area else ""),
            ]
        return facts

    def _view(self, page_id: str) -> None:
        if self._loaded is None:
            return
        detail, checklist, *_ = self._loaded
        view_pages(self, self._services, detail.pages, checklist, page_id)

    def _view_revision(self, number: int) -> None:
        if self._loaded is not None:
            view_revision(self, self._services, self._id, number, self._loaded[1])

    def _retry(self) -> None:
        stopped = parked(self._loaded[0]) if self._loaded else None
        if stopped is None:
            return
        services, outbox_id = self._services, stopped.outbox_id
        who, now = services.who, services.clock()
        run(
            self,
            services,
            lambda db: operations.retry_parked(db, who, now, outbox_id),
            lambda _: services.courier.wake(),
        )
