"""Promises and opinions on the materials board: one key on a row, what the row says, and what signs them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from registration.deferral import open_deferrals
from registration.packs import DEPARTMENTS
from registration.promises import with_promise
from registration.representation import read_day
from ui.intake.case import IntakeCase
from ui.intake.materials import MaterialsPage
from ui.intake.promise_sheet import PromiseSheet, Ways, ways_of
from ui.messages import language
from ui.theme import Tone
from ui.widgets import QuietButton, Toast


class Promises(QObject):
    """Promises(page): `bind(case)` gives it a case; P on a row, or its button, opens the sheet.

    What it says of a row comes before what others say of it: make it after them.
    """

    def __init__(self, page: MaterialsPage) -> None:
        super().__init__(page)
        self._page, self._board = page, page.board
        self._case: IntakeCase | None = None
        self.sheet: PromiseSheet | None = None
        self.button = QuietButton("", "P")
        self.button.clicked.connect(self.ask)
        page.card.header.addWidget(self.button)
        self._toast = Toast(page)
        shortcut = QShortcut(QKeySequence("P"), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.ask)
        page.board.row_chosen.connect(lambda _: self.show_offer())
        self._others_say, page.said_of_row = page.said_of_row, self.said
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        """Work on a case from now on: its open deferrals stand on the promise that was signed."""
        self._case = case
        case.pages_changed.connect(self._sign)
        case.facts_changed.connect(self._facts_changed)
        self._sign()
        self.show_offer()

    def give_up(self) -> bool:
        """Close the sheet; False where none is open."""
        if self.sheet is None:
            return False
        self.sheet.close_sheet()
        return True

    def keys(self) -> list[tuple[str, str]]:
        return [("P", self.tr("Promise the paper for later, or enter an opinion in its place"))]

    def said(self, item_code: str) -> tuple[str, Tone | None]:
        """Return what stands in for a row's paper; what others say of the row where nothing does."""
        words = accounted_for(self._case, item_code) if self._case is not None else ("", None)
        return words if words[0] else self._others_say(item_code)

    def retranslate(self) -> None:
        self.button.set_text(self.tr("Promise or opinion"))
        self.show_offer()

    def show_offer(self) -> None:
        """Show the button where the row in hand may be promised for later or replaced."""
        self.button.setVisible(bool(self._ways()) if self._case is not None else False)

    def ask(self) -> None:
        """Open the sheet for the row in hand; say so where neither way is open to it."""
        case, code = self._case, self._board.current_row()
        item = case.checklist.item(code) if case is not None else None
        if case is None or item is None or self.sheet is not None:
            return
        ways = ways_of(case, item)
        if not ways:
            self._toast.show_text(
                self.tr("{item} may neither be promised for later nor be replaced").format(
                    item=item.name(language())
                ),
                Tone.AMBER,
            )
            return
        self.sheet = PromiseSheet(self._page.window(), case, item, ways, case.edit)
        self.sheet.closed.connect(self._closed)
        self.sheet.open()

    def _ways(self) -> Ways | None:
        case = self._case
        item = case.checklist.item(self._board.current_row()) if case is not None else None
        return ways_of(case, item) if case is not None and item is not None else None

    def _closed(self) -> None:
        self.sheet = None
        self._board.setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts_changed(self) -> None:
        if self.sender() is self._case:
            self._sign()
            self.show_offer()

    def _sign(self) -> None:
        case = self._case
        if case is not None:
            pages = [page.ref for page in case.pages]
            case.edit(lambda a: with_promise(a, pages))


def accounted_for(case: IntakeCase, item_code: str) -> tuple[str, Tone | None]:
    """Return what stands in for a row's paper in words with its tone, "" where nothing does."""
    translate = QCoreApplication.translate
    english = language() == "en"
    deferral = next((d for d in open_deferrals(case.application.deferrals) if d.item_code == item_code), None)
    if deferral is not None:
        due = read_day(deferral.due)
        day = deferral.due if due is None or english else f"{due.month} 月 {due.day} 日"
        return translate("Promises", "Promised until {day}").format(day=day), Tone.AMBER
    opinion = next((s for s in case.application.substitutions if s.item_code == item_code), None)
    if opinion is not None:
        known = case.packs[DEPARTMENTS]["departments"].get(opinion.department, {})
        name = str(known.get("en" if english else "zh", opinion.department))
        words = translate("Promises", "Opinion of {department} in its place")
        return words.format(department=name), Tone.BLUE
    return "", None
