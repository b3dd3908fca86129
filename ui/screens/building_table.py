"""The building table: a compound as a picture, how far its households are, one press to any case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from registration.application import CaseState
from registration.changes import Changes
from registration.compound_file import CompoundFile
from registration.property_unit import Compound
from registration.session import Session
from storage import aliases, reference, sessions
from storage.values import HouseholdCell
from ui.run import read_aside
from ui.services import Services
from ui.theme import Tone, look
from ui.widgets import (
    Card,
    Choice,
    EmptyState,
    InlineProblem,
    Line,
    PrimaryButton,
    Screen,
    SecondaryButton,
    Text,
)
from ui.widgets.compound_card import CompoundCard
from ui.widgets.household_card import HouseholdCard
from ui.widgets.household_picker import HouseholdPicker
from ui.widgets.side_column import SideColumn

Known = tuple[list[HouseholdCell], CompoundFile, tuple[str, ...]]  # cells, the project's file, other names
State = tuple[Session | None, list[Compound], Compound | None, Known | None]

_TAKEN_IN = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.ACCEPTED,
        CaseState.RETURNED,
        CaseState.REGISTERED,
        CaseState.CERTIFICATE_ISSUED,
    }
)


class BuildingTableScreen(Screen):
    """`intake_requested(household id)` where there is no case; `draft_wanted(id)`, `case_requested(id)`;
    `handover_wanted(compound id)`."""

    intake_requested = Signal(str)
    draft_wanted = Signal(str)
    case_requested = Signal(str)
    handover_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._session: Session | None = None
        self._compound: Compound | None = None
        self._wanted = ""  # the compound that the operator chose to look at
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        self._pile = QStackedWidget()
        outer.addWidget(self._pile)
        self._empty = EmptyState("building-2")
        self._pile.addWidget(self._empty)
        self._pile.addWidget(self._build())
        self.picker.picked.connect(self._pick)
        self.picker.current_changed.connect(lambda _: self._show_current())
        self._choice.activated.connect(self._compound_chosen)
        services.signals.changed.connect(self._changed)
        batch = QShortcut(QKeySequence("B"), self)
        batch.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        batch.activated.connect(self._batch)
        for key, by in (("[", -1), ("]", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.picker.turn_building(by))
        self.retranslate()
        self.reload()

    def _build(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        card = Card(" ", margins=0)
        self._card = card
        self._choice = Choice()
        self._choice.setMinimumWidth(look().px(180))
        card.header.addStretch(1)
        card.header.addWidget(self._choice)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 4, 20, 12)
        self.picker = HouseholdPicker()
        column.addWidget(self.picker)
        card.body.setSpacing(0)
        card.body.addWidget(inside, 1)
        card.body.addWidget(Line())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 12)
        self.go_button = PrimaryButton("", "Enter")
        self.go_button.clicked.connect(self._go)
        self._note = Text("", "muted", elide=True)
        foot.addWidget(self.go_button)
        foot.addWidget(self._note, 1)
        self.batch_button = SecondaryButton("", "B", "file-text")
        self.batch_button.clicked.connect(self._batch)
        foot.addWidget(self.batch_button)
        card.body.addLayout(foot)
        row.addWidget(card, 1)
        side = SideColumn(300)
        beside = side.column
        self._problem = InlineProblem()
        self._household = HouseholdCard()
        self._progress = Card()
        self.taken_in = ShareBar()
        self.issued = ShareBar()
        self._progress.body.setSpacing(14)
        self._progress.body.addWidget(self.taken_in)
        self._progress.body.addWidget(self.issued)
        self._facts = CompoundCard()
        for widget in (self._problem, self._household, self._progress, self._facts):
            beside.addWidget(widget)
        beside.addStretch(1)
        row.addWidget(side)
        return page

    # -- what is shown -------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the compound in view anew: that of the session, unless another was chosen."""
        wanted = self._wanted

        def read(db: Any) -> State:
            session, known = sessions.current(db), reference.compounds(db)
            ids = [wanted, session.compound_id if session else ""]
            found = next((c for i in ids for c in known if c.id == i), known[0] if known else None)
            if found is None:
                return session, known, None, None
            file, names = reference.compound_file(db, found.id), aliases.of_compound(db, found.id)
            return session, known, found, (reference.households(db, found.id), file, names)

        read_aside(self, self._services, read, self._arrived)

    def shown(self) -> None:
        self.reload()
        self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Put the cursor into the house number (/)."""
        self.picker.search.take_focus()

    def back(self) -> bool:
        if self.picker.search.hasFocus():
            self.picker.search.clear()
            self.picker.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def retranslate(self) -> None:
        self._card.set_title(self._compound.name if self._compound else self.tr("Building table"))
        self._choice.setAccessibleName(self.tr("Compound"))
        self._empty.set_words(
            self.tr("No compound yet"),
            self.tr(
                "Compounds and their building tables come from the centre, by themselves once connected."
            ),
        )
        self._household.retranslate()
        self._facts.retranslate()
        self.batch_button.set_text(self.tr("Developer's sheet…"))
        self.taken_in.set_words(self.tr("Taken in"))
        self.issued.set_words(self.tr("Certificates issued"))
        self._show_current()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", self.tr("Search the house number")),
            ("← ↑ ↓ →", self.tr("Move in the building table")),
            ("Enter", self.tr("Start the household's case, or open it")),
            ("[ ]", self.tr("Former and next building")),
            ("B", self.tr("Take in a developer's sheet, at the handing over of keys")),
        ]

    def _arrived(self, state: State) -> None:
        self._session, known, self._compound, facts = state
        self._pile.setCurrentIndex(1 if self._compound is not None else 0)
        if self._compound is None or facts is None:
            return
        cells, file, names = facts
        if [self._choice.itemData(i) for i in range(self._choice.count())] != [c.id for c in known]:
            self._choice.clear()
            for compound in known:
                self._choice.addItem(compound.name, compound.id)
        self._choice.setCurrentIndex(self._choice.findData(self._compound.id))
        self._choice.setVisible(len(known) > 1)
        self._card.set_title(self._compound.name)
        self.picker.show_households(self._compound, cells, names)
        self._facts.show_compound(self._compound, file, names)
        self._show_progress(cells)
        self._show_current()

    def _show_progress(self, cells: Sequence[HouseholdCell]) -> None:
        states = [cell.state for cell in cells]
        self.taken_in.show_share(sum(state in _TAKEN_IN for state in states), len(states))
        self.issued.show_share(states.count(CaseState.CERTIFICATE_ISSUED.value), len(states))

    def _show_current(self) -> None:
        cell = self.picker.grid.current_cell()
        self._household.show_cell(cell)
        self._problem.clear()
        self.go_button.setEnabled(cell is not None)
        if cell is None:
            self.go_button.set_text(self.tr("Start intake"))
        elif cell.application_id and cell.state == CaseState.DRAFT.value:
            self.go_button.set_text(self.tr("Go on with {room}").format(room=cell.household.room))
        elif cell.application_id:
            self.go_button.set_text(self.tr("Open the case of {room}").format(room=cell.household.room))
        else:
            self.go_button.set_text(self.tr("Start intake for {room}").format(room=cell.household.room))
        session, shown = self._session, self._compound
        elsewhere = session is not None and shown is not None and session.compound_id != shown.id
        name = session.compound_name if session is not None and elsewhere else ""
        self._note.set_text(self.tr("The session is at {compound}").format(compound=name) if name else "")

    # -- going ---------------------------------------------------------------------------------------------

    def _go(self) -> None:
        cell = self.picker.grid.current_cell()
        if cell is not None:
            self._pick(cell)

    def _pick(self, cell: HouseholdCell) -> None:
        if cell.application_id and cell.state == CaseState.DRAFT.value:
            self.draft_wanted.emit(cell.application_id)
        elif cell.application_id:
            self.case_requested.emit(cell.application_id)
        elif self._session is not None and self._session.compound_id != cell.household.compound_id:
            self._problem.show_words(
                self.tr("The session is at another compound"),
                self.tr("Intakes are taken at {compound} tonight.").format(
                    compound=self._session.compound_name
                ),
                self.tr("Close that session and open one here, or choose a household there."),
                tone=Tone.AMBER,
            )
        else:
            self.intake_requested.emit(cell.household.id)

    def _batch(self) -> None:
        if self._compound is not None:
            self.handover_wanted.emit(self._compound.id)

    def _compound_chosen(self, index: int) -> None:
        self._wanted = str(self._choice.itemData(index))
        self.reload()

    def _changed(self, changes: Changes) -> None:
        if changes.sessions or changes.reference or changes.applications:
            self.reload()


class ShareBar(QWidget):
    """How many of how many, as words, a share and a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._count, self._all = "", 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        self._words = words
        self._say()

    def show_share(self, count: int, of: int) -> None:
        self._count, self._all = count, of
        self._say()

    def text(self) -> str:
        """Return what is said, for screen readers and tests."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(62))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, width = look(), float(self.width())
        share = self._count / self._all if self._all else 0.0
        painter.setPen(t.color("muted"))
        painter.setFont(t.font(13))
        painter.drawText(QRectF(0, 0, width, t.px(20)), Qt.AlignmentFlag.AlignLeft, self._words)
        counts = f"{self._count} / {self._all}"
        painter.drawText(QRectF(0, t.px(24), width, t.px(24)), Qt.AlignmentFlag.AlignRight, counts)
        painter.setPen(t.color("ink"))
        painter.setFont(t.font(20, QFont.Weight.DemiBold))
        painter.drawText(QRectF(0, t.px(20), width, t.px(28)), Qt.AlignmentFlag.AlignLeft, f"{share:.1%}")
        bar = QRectF(0, t.px(52), width, t.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("raised"))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(t.color("primary"))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), width * share, bar.height()), 3, 3)
        painter.end()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._words}: {self._count} / {self._all}")
        self.update()
