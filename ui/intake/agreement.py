"""Papers against entries beside the materials: agreement at a glance, an offer or a conflict by one key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from registration.agreement import Comparison, Entry, Outcome, ReadPage, compare, household_said, taken
from registration.identifiers import mask_name
from registration.page_reading import reading_from_json
from registration.property_unit import Household
from storage import operations, reference
from ui.intake.agreement_words import EntryWords
from ui.intake.case import IntakeCase
from ui.intake.materials import MaterialsPage
from ui.run import read_aside, run
from ui.theme import Tone
from ui.widgets.agreement_card import Agreed, AgreementCard, Waiting

if TYPE_CHECKING:
    from ui.services import Services

_MOST_AGREED = 5


class AgreementSide(QObject):
    """F6 enters what the paper in question says, F7 lets the entries stand; both are recorded with the page.

    One paper waits at a time, first that of the row in hand. A number that fails its own check is shown as
    such and can only be set aside. Where there is no room beside the board, the card stands under it.
    """

    def __init__(self, services: Services, page: MaterialsPage) -> None:
        super().__init__(page)
        self._services, self._page = services, page
        self._words = EntryWords(self)
        self.card = AgreementCard()
        self._asked: tuple[Comparison, ...] = ()  # what F6 and F7 are about
        self._compared: tuple[object, tuple[Comparison, ...]] = (None, ())
        page.side.addWidget(self.card)
        self.card.taken.connect(self.take)
        self.card.kept.connect(self.keep)
        for key, act in (("F6", self.take), ("F7", self.keep)):
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        page.bound.connect(self._bind)
        page.pages_shown.connect(self.refresh)
        page.board.row_chosen.connect(lambda _: self.refresh())
        page.board.page_chosen.connect(lambda _: self.refresh())
        page.said_of_row = self.said_of_row
        page.installEventFilter(self)
        self.retranslate()

    # -- what is shown -------------------------------------------------------------------------------------

    def comparisons(self) -> tuple[Comparison, ...]:
        """Return how every page that was read stands to the entries."""
        case = self._page.case
        if case is None:
            return ()
        now = (case.application, case.household, case.pages)
        if self._compared[0] == now:
            return self._compared[1]
        pages = [
            ReadPage(page.id, page.item_code, reading, json.loads(page.confirmed))
            for page in case.pages
            if (reading := reading_from_json(page.reading)) is not None
        ]
        self._compared = (now, compare(case.application, case.household, pages))
        return self._compared[1]

    def refresh(self) -> None:
        """Show what waits, else what agrees in the row in hand."""
        found, row = self.comparisons(), self._page.board.current_row()
        waiting = [one for one in found if one.open]
        here = [one for one in waiting if one.item_code == row] or waiting
        self._asked = tuple(one for one in here if one.page_id == here[0].page_id) if here else ()
        self._page.panel.set_short(bool(self._asked))
        if self._asked:
            self._show_waiting(self._asked)
        else:
            self._show_agreed([one for one in found if one.item_code == row])

    def said_of_row(self, code: str) -> tuple[str, Tone | None]:
        """Return in one line what a row's papers say of the entries, ("", None) for nothing."""
        found = [one for one in self.comparisons() if one.item_code == code]
        waiting = [one for one in found if one.open]
        if any(one.outcome is not Outcome.OFFERED for one in waiting):
            return self.tr("F6 F7 · differs: {entries}").format(
                entries=self._words.names(waiting)
            ), Tone.AMBER
        if waiting:
            said = self.tr("F6 takes over: {entries}")
            return said.format(entries=self._words.names(waiting)), Tone.BLUE
        agreed = [one for one in found if one.outcome is Outcome.AGREES]
        if agreed:
            return self.tr("Read and agreed: {entries}").format(entries=self._words.names(agreed)), None
        return "", None

    def _show_waiting(self, asked: Sequence[Comparison]) -> None:
        kind = self._words.kind(asked[0].kind)
        only_offered = all(one.outcome is Outcome.OFFERED for one in asked)
        may_take = any(one.may_take for one in asked)
        title = self.tr("{paper} fills the form") if only_offered else self.tr("{paper} says something else")
        lines = [
            Waiting(
                self._words.entry(one),
                self._words.doubt(one.said) if one.outcome is Outcome.NOT_BELIEVED else one.said,
                one.entered,
                one.outcome is Outcome.NOT_BELIEVED,
            )
            for one in asked
        ]
        hint = self.tr("Read by machine: compare with the paper before you decide.")
        self.card.show_lines(
            title.format(paper=kind),
            lines,
            hint=hint,
            take=self.tr("Take over") if may_take else "",
            keep=self.tr("Leave it") if only_offered else self.tr("Entry stands"),
        )

    def _show_agreed(self, found: Sequence[Comparison]) -> None:
        shown: dict[tuple[Entry, int], Comparison] = {}
        for one in found:
            shown.setdefault((one.entry, one.party), one)
        lines = [
            Agreed(
                self._words.entry(one),
                _masked(one),
                self.tr("entry stands") if one.outcome is Outcome.KEPT else "",
            )
            for one in list(shown.values())[:_MOST_AGREED]
        ]
        kinds = {one.kind for one in found}
        paper = self._words.kind(next(iter(kinds))) if len(kinds) == 1 else self.tr("The papers")
        settled = any(one.outcome is Outcome.KEPT for one in found)
        title = self.tr("{paper} compared") if settled else self.tr("{paper} and entries agree")
        self.card.show_lines(title.format(paper=paper), lines, hint="", take="", keep="")

    # -- deciding ------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Enter what the paper says; what it cannot fill stays asked."""
        case, chosen = self._page.case, [one for one in self._asked if one.may_take]
        if case is None or not chosen:
            return
        place = next((one.said for one in chosen if one.entry is Entry.LOCATION), "")
        if not place:
            self._enter(case, chosen, None)
            return
        compound_id = case.compound.id

        def read(db: Any) -> Household | None:
            cells = reference.households(db, compound_id)
            return household_said(place, [cell.household for cell in cells])

        read_aside(self, self._services, read, lambda household: self._found(case, chosen, household))

    def keep(self) -> None:
        """Let the entries stand against what this paper says."""
        if self._page.case is not None and self._asked:
            self._record(self._page.case, self._asked, "entered")

    def _found(self, case: IntakeCase, chosen: list[Comparison], household: Household | None) -> None:
        if household is None:  # no such place in this compound: the building table is where to look
            chosen = [one for one in chosen if one.entry is not Entry.LOCATION]
            words = self.tr("This place is not in the building table; choose the household at step 2")
            self._page.say(words, Tone.AMBER)
        self._enter(case, chosen, household)

    def _enter(self, case: IntakeCase, chosen: list[Comparison], household: Household | None) -> None:
        if case is not self._page.case or not chosen:
            return
        case.edit(lambda application: taken(application, chosen))
        if household is not None:
            case.choose_household(household)
        self._record(case, chosen, "read")
        self._page.say(self.tr("Taken over: {entries}").format(entries=self._words.names(chosen)))

    def _record(self, case: IntakeCase, decided: Sequence[Comparison], choice: str) -> None:
        who, now, page_id = self._services.who, self._services.clock(), decided[0].page_id
        decisions = {
            one.entry.value: {"choice": choice, "read": one.said, "entered": one.entered} for one in decided
        }
        case.save()

        def operation(db: Any) -> Any:
            return operations.confirm_reading(db, who, now, page_id, decisions)

        run(self, self._services, operation, lambda _: case.reload_pages())

    # -- as part of the page -------------------------------------------------------------------------------

    def give_up(self) -> bool:
        return False

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("F6", self.tr("Enter what the paper says")),
            ("F7", self.tr("Let the entry stand against the paper")),
        ]

    def retranslate(self) -> None:
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._find_place)  # once the page itself has decided
        return super().eventFilter(watched, event)

    def _bind(self, case: IntakeCase) -> None:
        case.facts_changed.connect(self.refresh)
        self.refresh()

    def _find_place(self) -> None:
        """Beside the board; under it where there is no room beside."""
        page = self._page
        wanted = page.content if page.narrow else page.side
        if wanted.indexOf(self.card) != wanted.count() - 1:
            shown = not self.card.isHidden()
            for layout in (page.content, page.side):
                layout.removeWidget(self.card)
            wanted.addWidget(self.card)
            self.card.set_low(page.narrow)
            self.card.setVisible(shown)


def _masked(one: Comparison) -> str:
    """Return an agreed value as it may stand on a screen in a full room."""
    match one.entry:
        case Entry.NAME | Entry.CO_OWNER:
            return mask_name(one.said)
        case Entry.ID_NUMBER:
            return f"…{one.said[-4:]}"
        case _:
            return one.said
