"""The form of a home visit: whom, where, why, when, and which papers are at hand as told on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.checklist import Checklist, checklist_from_pack, offered_types
from registration.errors import JilaiError
from registration.packs import TYPES, PackSet
from registration.property_unit import Compound
from registration.visits import Booking, VisitRules, papers_to_bring, rules_from
from ui.messages import language
from ui.screens.visit_home import VisitHome
from ui.services import Services
from ui.widgets import (
    Card,
    Check,
    Choice,
    Field,
    InlineProblem,
    PrimaryButton,
    Screen,
    ScrollArea,
    SecondaryButton,
    Text,
)
from ui.widgets.day_edit import DayEdit
from ui.widgets.layouts import clear


class VisitForm(Screen):
    """`open_booking(id, booking)` in; `booked(id, booking)`, `refuse_wanted(id, booking)`, `left()` out.

    Enter goes on from field to field and books at the end; Ctrl+Enter books at once.
    """

    booked = Signal(str, object)
    refuse_wanted = Signal(str, object)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._packs: PackSet | None = None
        self._compounds: tuple[Compound, ...] = ()
        self._id, self._before = "", Booking("")
        self._checks: dict[str, Check] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card(margins=0)
        outer.addWidget(card)
        area = ScrollArea(spacing=10)
        area.column.setContentsMargins(24, 18, 24, 12)
        card.body.addWidget(area, 1)
        self._heading = Text("", "heading")
        self.problem = InlineProblem()
        area.column.addWidget(self._heading)
        area.column.addWidget(self.problem)
        self._build(area.column)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 18)
        foot.setSpacing(12)
        self._back, self._refuse = SecondaryButton("", "Esc"), SecondaryButton("", "Ctrl D")
        self.save = PrimaryButton("", "Ctrl Enter")
        self._back.clicked.connect(self.left)
        self._refuse.clicked.connect(self._refused)
        self.save.clicked.connect(self._booked)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._refuse)
        foot.addWidget(self.save)
        card.body.addLayout(foot)
        for key, act in (
            ("Ctrl+Return", self._booked),
            ("Ctrl+Enter", self._booked),
            ("Ctrl+D", self._refused),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.retranslate()

    def open_booking(
        self, visit_id: str, booking: Booking, packs: PackSet, compounds: Sequence[Compound], *, new: bool
    ) -> None:
        """Show a booking: a new one, one to change, or an order of the centre."""
        self._packs, self._compounds = packs, tuple(compounds)
        self._id, self._before, self._new = visit_id, booking, new
        self.problem.clear()
        self._fill_choices()
        for edit, text in self._texts(booking):
            edit.setText(text)
        for choice, value in (
            (self.compound, booking.compound_id),
            (self.reason, booking.reason),
            (self.type, booking.type_code),
        ):
            choice.setCurrentIndex(max(choice.findData(value), 0))
        self.home.show_home(str(self.compound.currentData() or ""), booking.household_id)
        self.proof.setChecked(booking.proof_seen)
        self._show_papers(booking.papers)
        self.retranslate()
        (self.name if not booking.name else self.day).setFocus()

    def booking(self) -> Booking:
        """Return what is written now."""
        household_id = self.home.household_id()
        return Booking(
            compound_id=str(self.compound.currentData() or ""),
            household_id=household_id,
            name=self.name.text().strip(),
            phone=self.phone.text().strip(),
            address=self.address.text().strip(),
            reason=str(self.reason.currentData() or ""),
            proof_seen=self.proof.isChecked() and not self.proof.isHidden(),
            type_code=str(self.type.currentData() or ""),
            day=self.day.day(),
            time=self.time.text().strip(),
            minutes=self._before.minutes,
            note=self.note.text().strip(),
            papers=tuple(code for code, check in self._checks.items() if check.isChecked()),
            accepted_missing=self.all_the_same.text().strip(),
        )

    def rules(self) -> VisitRules:
        assert self._packs is not None
        return rules_from(self._packs)

    def checklist(self) -> Checklist | None:
        code = str(self.type.currentData() or "")
        return checklist_from_pack(self._packs[TYPES], code) if code and self._packs is not None else None

    def show_failure(self, error: JilaiError) -> None:
        self.problem.show_problem(error)
        field = {
            "name": self.name, "phone": self.phone, "address": self.address, "reason": self.reason,
            "proof": self.proof, "day": self.day, "accepted_missing": self.all_the_same,
        }.get(error.problem.field)  # fmt: skip
        if field is not None:
            field.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl Enter", self.tr("Put the visit on the list")),
            ("Ctrl D", self.tr("Refuse the visit, with words")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("New home visit") if self._is_new() else self.tr("Home visit"))
        for field, label in (
            (self._name_field, self.tr("Whom to meet")),
            (self._phone_field, self.tr("Telephone")),
            (self._compound_field, self.tr("Compound")),
            (self._address_field, self.tr("Building, entrance, door")),
            (self._reason_field, self.tr("Why at home")),
            (self._type_field, self.tr("What it is about")),
            (self._day_field, self.tr("Day")),
            (self._time_field, self.tr("Time")),
            (self._note_field, self.tr("Note, for the two who go")),
            (self._same_field, self.tr("Papers are missing, and we go all the same because")),
        ):
            field.set_label(label)
        self.address.setPlaceholderText("3-2-1201")
        self.home.retranslate()
        self.time.setPlaceholderText("19:30")
        self.proof.setText(self.tr("The proof for this is at hand"))
        self._papers_title.set_text(self.tr("At hand, as told on the phone"))
        self._back.set_text(self.tr("Back"))
        self._refuse.set_text(self.tr("Refuse"))
        self.save.set_text(self.tr("Put on the list"))
        if self._packs is not None:
            values = [str(box.currentData() or "") for box in (self.reason, self.type)]
            self._fill_choices()
            for box, value in zip((self.reason, self.type), values, strict=True):
                box.setCurrentIndex(max(box.findData(value), 0))

    def _is_new(self) -> bool:
        return getattr(self, "_new", True)

    def _build(self, column: QVBoxLayout) -> None:
        self.name, self.phone, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.time, self.note, self.all_the_same = QLineEdit(), QLineEdit(), QLineEdit()
        self.day = DayEdit()
        self.compound, self.reason, self.type = Choice(), Choice(), Choice()
        for edit, longest in (
            (self.name, 60), (self.phone, 24), (self.address, 120), (self.time, 5), (self.note, 200),
            (self.all_the_same, 120),
        ):  # fmt: skip
            edit.setMaxLength(longest)
        self.proof = Check()
        self._name_field, self._phone_field = (
            Field("", self.name, line=False),
            Field("", self.phone, line=False),
        )
        self._compound_field = Field("", self.compound, line=False)
        self._address_field = Field("", self.address, line=False)
        self._reason_field, self._type_field = (
            Field("", self.reason, line=False),
            Field("", self.type, line=False),
        )
        self._day_field, self._time_field = Field("", self.day, line=False), Field("", self.time, line=False)
        self._note_field = Field("", self.note, line=False)
        self._same_field = Field("", self.all_the_same, line=False)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[QWidget, QWidget], ...] = (
            (self._name_field, self._phone_field),
            (self._compound_field, self._address_field),
            (self._day_field, self._time_field),
            (self._reason_field, self._type_field),
        )
        for number, (left, right) in enumerate(rows):
            grid.addWidget(left, 2 * number, 0)
            grid.addWidget(right, 2 * number, 1)
        self.home = VisitHome(self._services, self.address)
        grid.addWidget(self.home, 3, 1)  # below the address
        column.addLayout(grid)
        column.addWidget(self.proof)
        self._papers_title = Text("", "strong")
        column.addWidget(self._papers_title)
        self._papers = QVBoxLayout()
        self._papers.setSpacing(2)
        column.addLayout(self._papers)
        column.addWidget(self._same_field)
        column.addWidget(self._note_field)
        column.addStretch(1)
        order = (self.name, self.phone, self.address, self.day, self.time, self.note)
        for here, after in pairwise(order):
            here.returnPressed.connect(after.setFocus)
        self.note.returnPressed.connect(self._booked)
        self.all_the_same.returnPressed.connect(self._booked)
        self.compound.activated.connect(lambda _: self.home.show_home(str(self.compound.currentData() or "")))
        self.reason.currentIndexChanged.connect(lambda _: self._show_proof())
        self.type.currentIndexChanged.connect(lambda _: self._show_papers(self.booking().papers))

    def _texts(self, booking: Booking) -> tuple[tuple[QLineEdit, str], ...]:
        return (
            (self.name, booking.name),
            (self.phone, booking.phone),
            (self.address, booking.address),
            (self.day, booking.day),
            (self.time, booking.time),
            (self.note, booking.note),
            (self.all_the_same, booking.accepted_missing),
        )

    def _fill_choices(self) -> None:
        assert self._packs is not None
        english = language() == "en"
        choices: tuple[tuple[Choice, list[tuple[str, str]]], ...] = (
            (self.compound, [(one.name, one.id) for one in self._compounds]),
            (self.reason, [(one.name(language()), one.code) for one in rules_from(self._packs).reasons]),
            (
                self.type,
                [(en if english else zh, code) for code, zh, en in offered_types(self._packs[TYPES])],
            ),
        )
        for choice, entries in choices:
            choice.set_entries(entries)
        self._show_proof()
        self._show_papers(tuple(code for code, check in self._checks.items() if check.isChecked()))

    def _show_proof(self) -> None:
        if self._packs is None:
            return
        found = self.rules().reason(str(self.reason.currentData() or ""))
        self.proof.setVisible(found is not None and found.proof)

    def _show_papers(self, at_hand: Sequence[str]) -> None:
        checklist = self.checklist()
        clear(self._papers)
        self._checks = {}
        for item in papers_to_bring(checklist) if checklist is not None else ():
            check = Check(item.name(language()))
            check.setChecked(item.code in at_hand)
            check.toggled.connect(lambda _: self._show_same())
            self._papers.addWidget(check)
            self._checks[item.code] = check
        self._show_same()

    def _show_same(self) -> None:
        self._same_field.setVisible(any(not check.isChecked() for check in self._checks.values()))

    def _booked(self) -> None:
        self.booked.emit(self._id, self.booking())

    def _refused(self) -> None:
        self.refuse_wanted.emit(self._id, self.booking())
