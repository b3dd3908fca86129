"""The type of registration with what belongs to it: sub-type, source, tracks, certificate, mortgage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registration.checklist import Route, offered_types, types_of
from registration.errors import Problem
from registration.packs import TYPES
from storage.search import sort_key
from ui.intake.case import IntakeCase
from ui.intake.page import StepPage
from ui.intake.steps import Step, entry_of, of_step
from ui.intake.type_change import change_type, lost_words
from ui.intake.type_fast_track import FastTrackSection
from ui.intake.type_mortgage import MortgageSection
from ui.intake.type_parts import (
    CertificateSection,
    SourceSection,
    SubtypeSection,
    TracksSection,
)
from ui.intake.type_section import Line, TypeSection
from ui.intake.type_side import CategoryCard, RouteNotice, categories_shown
from ui.messages import language
from ui.theme import Tone
from ui.widgets import Field, InlineProblem, ScrollArea, SearchBox
from ui.widgets.compound_card import CompoundCard
from ui.widgets.type_list import TypeList, TypeRow

if TYPE_CHECKING:
    from ui.services import Services

_LIST = "type"


class TypePage(StepPage):
    """The third step: the type on the left (keys 1 to 9, or typing), beside it what it asks for.

    Enter goes to the next entry that still lacks something, and on when none does.
    """

    step = Step.TYPE

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(side_width=300, parent=parent)
        self._services = services
        self._strict = False
        self.search = SearchBox()
        self.choices = TypeList()
        self.notice = InlineProblem()
        self.route = RouteNotice()
        self.subtype, self.source = SubtypeSection(), SourceSection()
        self.certificate, self.mortgage = CertificateSection(), MortgageSection()
        self.tracks, self.fast_track = TracksSection(), FastTrackSection(services)
        self.remarks = _RemarksSection()
        self._sections: tuple[TypeSection, ...] = (
            self.subtype,
            self.certificate,
            self.mortgage,
            self.source,
            self.tracks,
            self.fast_track,
            self.remarks,
        )
        self._lay_out()
        self.flags = CompoundCard()
        self._categories: list[CategoryCard] = []
        self.side.addWidget(self.flags)
        self.side.addStretch(1)
        self.on_button.clicked.disconnect()
        self.on_button.clicked.connect(self._go_on)
        self.choices.chosen.connect(self._choose)
        self.choices.confirmed.connect(self._go_on)
        self.choices.typed.connect(self._type_into_search)
        self.search.searched.connect(lambda _: self._show_types())
        self.search.returnPressed.connect(self._take_hit)
        self.search.installEventFilter(self)
        for section in self._sections:
            section.went_on.connect(self._go_on)
            section.left.connect(self._judge)
        self.retranslate()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        self._types_area = ScrollArea(spacing=0)
        self._types_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._types_area.column.addWidget(self.choices)
        self._types_area.column.addStretch(1)
        column.addWidget(self._types_area, 1)
        self._area = ScrollArea(spacing=20)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.column.setContentsMargins(0, 0, 10, 8)
        self._area.column.addWidget(self.notice)
        self._area.column.addWidget(self.route)
        for section in self._sections:
            self._area.column.addWidget(section)
        self._area.column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(left, 5)
        row.addWidget(self._area, 7)
        self.content.addLayout(row, 1)

    # -- the case ------------------------------------------------------------------------------------------

    def bind(self, case: IntakeCase) -> None:
        super().bind(case)
        self._strict = False
        self.search.clear()
        self.notice.clear()
        case.facts_changed.connect(self._facts_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the case as it stands now."""
        case = self.case
        if case is None:
            return
        self._show_types()
        self.flags.show_compound(case.compound, case.file)
        self.route.show_route(case)
        self._show_categories(case)
        for section in self._sections:
            section.show_case(case)
        self._judge()

    def _judge(self) -> None:
        found = self._problems()
        for section in self._sections:
            section.show_problems(found, strict=self._strict)

    def show_missing(self, on: bool) -> None:
        self._strict = on
        self.refresh()

    def _facts_changed(self) -> None:
        if self.sender() is self.case:
            self.refresh()

    def _problems(self) -> dict[str, Problem]:
        found = of_step(self.case.missing(), Step.TYPE) if self.case is not None else ()
        return {entry_of(problem): problem for problem in found}

    # -- where the hand is ---------------------------------------------------------------------------------

    def focus_entry(self, entry: str) -> None:
        if entry in ("", _LIST) or not any(section.focus(entry) for section in self._sections):
            self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._bring_into_view()

    def entry_in_focus(self) -> str:
        return next((name for name, widget in self._entries() if widget.hasFocus()), "")

    def give_up(self) -> bool:
        """Empty a search; False where there was none."""
        if not self.search.text() and not self.search.hasFocus():
            return False
        self.search.clear()
        self._show_types()
        self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def take_search(self) -> None:
        """Bring the hand to the search for a type."""
        self.search.take_focus()

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("1–9", self.tr("Choose the type, or what stands under the hand")),
            ("/ A–Z", self.tr("Search the type by its words or pinyin initials")),
            ("Space", self.tr("Turn one of several on or off")),
            ("Tab", self.tr("Next part")),
            ("Enter", self.tr("Go to what is still open, then on")),
        ]

    def _entries(self) -> Iterator[tuple[str, QWidget]]:
        yield _LIST, self.choices
        for section in self._sections:
            yield from section.entries().items()

    def _go_on(self) -> None:
        """Go to the next entry after the hand that lacks something; on to the next step when none does."""
        here = self.entry_in_focus() or _LIST
        names = [name for name, _ in self._entries()]
        after = names[names.index(here) + 1 :] if here in names else names
        found = self._problems()
        lacking = {name for section in self._sections for name in section.lacking(found)}
        following = next((name for name in after if name in lacking), None)
        if following is None:
            self.went_on.emit()
            return
        self._strict = True
        self.refresh()
        self.focus_entry(following)

    def _bring_into_view(self) -> None:
        def bring() -> None:
            widget = self.window().focusWidget()
            if widget is not None and self._area.isAncestorOf(widget):
                self._area.ensureWidgetVisible(widget, 0, 40)

        QTimer.singleShot(0, self, bring)

    # -- types ---------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.choices.step(step)
                return True
        return super().eventFilter(watched, event)

    def _type_into_search(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    def _take_hit(self) -> None:
        """Take the first type that the search found, and stand on the list again."""
        self._show_types()
        shown, case = self.choices.shown(), self.case
        if not shown or case is None:
            return
        if case.application.type_code not in shown:
            self._choose(shown[0])
        self.search.clear()
        self._show_types()
        self.choices.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_types(self) -> None:
        case = self.case
        if case is None:
            return
        self.choices.show_types(self._rows(case), case.application.type_code, self.search.text())
        QTimer.singleShot(0, self, self._show_chosen)

    def _rows(self, case: IntakeCase) -> list[TypeRow]:
        body = case.packs[TYPES]
        offered = {code for code, _, _ in offered_types(body)}
        groups = {
            Route.WINDOW: self.tr("Taken in here"),
            Route.HALL: self.tr("Taken in, brought to the main hall"),
            Route.APPOINTMENT: self.tr("Not taken in here"),
            Route.REDIRECT: self.tr("Not taken in here"),
        }
        english = language() == "en"
        rows = [
            (route, TypeRow(code, en if english else zh, groups[route], f"{zh} {en} {_initials(zh)}"))
            for code, zh, en, route in types_of(body)
            if code in offered or route in (Route.APPOINTMENT, Route.REDIRECT)
        ]
        return [row for route in Route for found, row in rows if found is route]

    def _show_chosen(self) -> None:
        if self.case is not None:
            row = self.choices.row_rect(self.case.application.type_code)
            self._types_area.ensureVisible(row.left(), row.center().y(), 0, row.height())

    def _choose(self, code: str) -> None:
        case = self.case
        if case is None:
            return
        dropped = change_type(case, code)
        self.notice.clear()
        if dropped:
            self.notice.show_words(*lost_words(dropped), tone=Tone.AMBER)
        self._strict = False
        self.refresh()

    def category_cards(self) -> list[CategoryCard]:
        """Return the cards of the case's categories, those shown."""
        return [card for card in self._categories if not card.isHidden()]

    # -- the column beside it ------------------------------------------------------------------------------

    def _show_categories(self, case: IntakeCase) -> None:
        codes = categories_shown(case)
        while len(self._categories) < len(codes):
            card = CategoryCard()
            self._categories.append(card)
            self.side.insertWidget(self.side.count() - 1, card)
        for card, code in zip(self._categories, (*codes, *[""] * len(self._categories)), strict=False):
            card.setVisible(bool(code))
            if code:
                card.show_category(code, case)

    def retranslate(self) -> None:
        super().retranslate()
        self.card.set_title(self.tr("Type and category"))
        self.on_button.set_text(self.tr("Go on: materials"))
        self.search.set_placeholder(self.tr("Search a type"))
        self.choices.setAccessibleName(self.tr("Types of registration"))
        self.flags.retranslate()
        for section in self._sections:
            section.retranslate()
        self.refresh()


class _RemarksSection(TypeSection):
    """Entry "remarks": a line for the reviewer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading.hide()
        editor = QLineEdit()
        editor.setMaxLength(200)
        line = Line(Field("", editor), lambda a: a.remarks, lambda a, text: replace(a, remarks=text))
        self.field = self.add_line("remarks", line)
        self.body.addWidget(self.field)

    def retranslate(self) -> None:
        self.field.set_label(self.tr("Remark for the reviewer"))
        self.field.set_hint(self.tr("Optional; printed nowhere"))


def _initials(zh: str) -> str:
    """Return the pinyin initials of a name: 新建商品房 is xjspf."""
    letters: Callable[[str], str] = sort_key
    return "".join(part[0] for part in letters(zh).split() if part[:1].isalpha())
