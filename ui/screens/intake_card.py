"""The identity card reader beside the applicant: what it read is a suggestion, taken over by one key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout
from shiboken6 import isValid

from capture.sources.source import Back, Gone, Trouble
from registration.errors import Problem
from ui.run import aside
from ui.screens.intake_applicant import ApplicantPage
from ui.theme import Tone
from ui.widgets import Card, Chip, InlineProblem, SecondaryButton, Text

if TYPE_CHECKING:  # the serial library is loaded when the page is shown, not with the screen
    from capture.id_card_reader import IdCardReader, ReaderEvent
    from capture.id_card_reader_card import Card as IdCard
    from ui.services import Services

_ENTRIES = ("name", "id_number", "address")


@dataclass(frozen=True)
class Said:
    """What a photographed card says; "" where it could not be read for certain."""

    name: str
    number: str
    letters_address: str


class CardSide(QObject):
    """Adds the reader to the applicant page. F2 asks for a card, and takes over what it says.

    The reader is looked for while the page is in view. An entry that says something else than the card is
    shown beside it: the person decides, nothing is overwritten in silence.
    """

    def __init__(self, services: Services, page: ApplicantPage) -> None:
        super().__init__(page)
        self._services, self._page = services, page
        self._reader: IdCardReader | None = None
        self._there = self._waiting = self._trouble = False
        self._card: IdCard | Said | None = None
        self._captured: dict[str, Said] = {}  # by application, until taken over or left
        self.panel = _ReaderPanel()
        page.side.insertWidget(0, self.panel)
        self.panel.button.clicked.connect(self.act)
        shortcut = QShortcut(QKeySequence("F2"), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.act)
        page.installEventFilter(self)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)
        self.retranslate()

    def act(self) -> None:
        """Take over what the card says, or ask for a card."""
        if self._card is not None:
            self._take_over(self._card)
        elif self._reader is not None and self._page.case is not None:
            self._waiting = True
            self._clear_problem()
            self._reader.read()
            self._say()

    def suggest(self, application_id: str, said: Said) -> bool:
        """Offer what a captured card says, now or when the page comes into view; False where it says no more.

        Safe to call for a case that is no longer in hand.
        """
        case = self._page.case
        if case is None or case.id != application_id:
            return False
        if not any(v and self._entered(e) != v for e, v in _values(said).items()):
            return False
        self._captured = {application_id: said}
        self._offer()
        return True

    def contradicts(self, said: Said) -> bool:
        """Say whether a name or number was entered that is not the card's."""
        values = _values(said)
        return any(values[e] and self._entered(e) and self._entered(e) != values[e] for e in _ENTRIES[:2])

    def _entered(self, entry: str) -> str:
        return self._page.editors[entry].text().strip()

    def _offer(self) -> None:
        case = self._page.case
        if self._card is None and case is not None and self._page.isVisible():
            self._card = self._captured.get(case.id)
            self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._open()
            self._offer()
        elif event.type() == QEvent.Type.Hide:
            self.close()
            self._say()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._make_room)  # once the page itself has decided
        return super().eventFilter(watched, event)

    def close(self) -> None:
        """Let go of the reader, and forget a card that was not taken over."""
        reader, self._reader = self._reader, None
        self._card, self._there, self._waiting = None, False, False
        if reader is not None:
            aside(self, self._services.signals, reader.close)  # it may be in the middle of a command

    def keys(self) -> list[tuple[str, str]]:
        return [("F2", self.tr("Read an identity card; take over what it says"))]

    def retranslate(self) -> None:
        self.panel.set_title(self.tr("Identity card reader"))
        names = (self.tr("Name"), self.tr("ID number"), self.tr("Address"))
        self.panel.name_rows(dict(zip(_ENTRIES, names, strict=True)))
        self._say()

    def _open(self) -> None:
        from capture.id_card_reader import IdCardReader

        if self._reader is not None:
            return
        self._clear_problem()
        reader: IdCardReader | None = None

        def hear(event: ReaderEvent) -> None:
            signals = self._services.signals
            if isValid(signals):
                signals.post(lambda: self._pass_on(reader, event) if isValid(self) else None)

        reader = IdCardReader(hear, lambda: self._services.clock().date(), self._services.devices.ports)
        self._reader = reader
        reader.start()
        self._say()

    def _pass_on(self, reader: IdCardReader | None, event: ReaderEvent) -> None:
        if reader is None or reader is not self._reader:
            return
        match event:
            case Back():
                self._there = True
                self._clear_problem()
            case Gone():
                self._there = False
            case Trouble():
                self._say_problem(event.problem)
            case _:
                self._waiting = False
                self._card = event.card
                self._clear_problem()
        self._say()

    def _make_room(self) -> None:
        """Without room beside the entries, what the card says stands in their place until it is decided."""
        page = self._page
        alone = page.narrow and (self._card is not None or self._trouble)
        if page.card.isHidden() != alone:
            page.card.setHidden(alone)
            page.beside.setVisible(alone or not page.narrow)
            if alone:
                self.panel.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                page.focus_entry("")
        elif page.narrow:
            page.beside.setVisible(alone)

    def give_up(self) -> bool:
        """Leave what the card says; False where it says nothing."""
        given = self._card is not None or self._waiting or self._trouble
        if self._reader is not None:
            self._reader.stop()
        self._card, self._waiting = None, False
        self._captured.clear()
        self._clear_problem()
        self._say()
        return given

    def _clear_problem(self) -> None:
        self._trouble = False
        self.panel.problem.clear()

    def _take_over(self, card: IdCard | Said) -> None:
        for entry, text in _values(card).items():
            if text:
                self._page.enter(entry, text)
        self._card = None
        self._captured.clear()
        self._say()
        phone = self._page.editors["phone"]
        self._page.focus_entry("" if phone.text() else "phone")

    def _say_problem(self, problem: Problem) -> None:
        from capture.id_card_reader import ReaderCode

        if problem.code == ReaderCode.CARD_NOT_FOUND:
            return  # that is what is being waited for
        self._trouble = True
        self.panel.problem.show_problem(problem, tone=Tone.AMBER)

    def _say(self) -> None:
        panel = self.panel
        if self._there:
            panel.state.set_chip(self.tr("Connected"), Tone.PRIMARY)
        else:
            panel.state.set_chip(self.tr("Not connected"), Tone.PLAIN)
        entered = {entry: self._entered(entry) for entry in _ENTRIES}
        panel.show_values(_values(self._card) if self._card is not None else {}, entered)
        if self._card is not None:
            differ = any(v and entered[e] and entered[e] != v for e, v in _values(self._card).items())
            hint = self.tr("The card says something else than the entries: compare before taking it over.")
            panel.hint.set_text(hint if differ else self.tr("Compare with the person, then take it over."))
            panel.button.set_text(self.tr("Take over"))
        else:
            waiting = self.tr("Lay the card on the reader…")
            calm = self.tr("Lay the card on the reader and press F2; or type the entries.")
            panel.hint.set_text(waiting if self._waiting and self._there else calm)
            panel.button.set_text(self.tr("Read card"))
        self._make_room()


def _values(card: IdCard | Said) -> dict[str, str]:
    return dict(zip(_ENTRIES, (card.name, card.number, card.letters_address), strict=True))


class _ReaderPanel(Card):
    """State, what the card says beside what was entered, and the one button."""

    def __init__(self) -> None:
        super().__init__(" ")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.state = Chip("", Tone.PLAIN)
        self.header.addStretch(1)
        self.header.addWidget(self.state)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._labels = {entry: Text("", "muted") for entry in _ENTRIES}
        self.values = {entry: Text("", "strong", wrap=True) for entry in _ENTRIES}
        self.entered = {entry: Text("", "small", wrap=True) for entry in _ENTRIES}
        for line, entry in enumerate(_ENTRIES):
            grid.addWidget(self._labels[entry], 2 * line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.values[entry], 2 * line, 1)
            grid.addWidget(self.entered[entry], 2 * line + 1, 1)
            self.entered[entry].set_tone(Tone.AMBER)
        self.body.addLayout(grid)
        self.hint = Text("", "muted", wrap=True)
        self.body.addWidget(self.hint)
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        self.button = SecondaryButton("", "F2", "id-card")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.button)

    def name_rows(self, names: dict[str, str]) -> None:
        for entry, name in names.items():
            self._labels[entry].set_text(name)

    def show_values(self, values: dict[str, str], entered: dict[str, str]) -> None:
        """Show what the card says; under it what was entered, where that is something else."""
        for entry in _ENTRIES:
            value = values.get(entry, "")
            differs = bool(value and entered[entry] and entered[entry] != value)
            self._labels[entry].setVisible(bool(value))
            self.values[entry].setVisible(bool(value))
            self.values[entry].set_text(value)
            self.entered[entry].setVisible(differs)
            self.entered[entry].set_text(self.tr("Entered: {text}").format(text=entered[entry]))
