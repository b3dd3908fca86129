"""The laptops of a session: what each of them closed with, and what the centre holds of one that is dead."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from registration.application import CaseState
from registration.changes import Changes
from registration.errors import Problem
from registration.facts import Topic
from registration.session import Part, SiteSession
from registration.session_holdings import HeldReceipt, holdings_from_json
from storage import session_parts, site_sessions
from ui.moments import day_and_time
from ui.run import read_aside, run
from ui.screens.reason_sheet import ask_end_part
from ui.services import Services
from ui.states import state_words
from ui.theme import Tone, look
from ui.widgets import InlineProblem, PrimaryButton, SecondaryButton, Sheet, Text
from ui.widgets.plain_table import PlainTable

translate = QCoreApplication.translate
_NAMED = 6  # numbers that a reason names; more are counted


class PartsSheet(Sheet):
    """Opens by itself over `host`. `explained(words)`: the centre holds receipts of this laptop that are not
    here, and the words say which, for the closing sheet.
    """

    explained = Signal(str)

    def __init__(self, host: QWidget, services: Services, site: SiteSession) -> None:
        super().__init__(host, translate("Parts", "Laptops of this session"), width=860)
        self._over, self._services, self._site = host, services, site
        self._held: dict[str, tuple[HeldReceipt, ...]] = {}
        self._missing: dict[str, list[str]] = {}  # of those, what is not on this machine
        self.problem = InlineProblem()
        self.table = PlainTable((1.4, 1.2, 0.8, 1.0, 2.9), strong=(0, 1), height=50)
        self.table.setFixedHeight(look().px(160))
        self.said = Text("", "body", wrap=True)
        self.receipts = PlainTable((1.8, 1.2, 1.4, 1.2), strong=(0,), height=40)
        self.receipts.setFixedHeight(look().px(170))
        for widget in (self.table, self.problem, self.said, self.receipts):
            self.body.addWidget(widget)
        self.leave = SecondaryButton(translate("Parts", "Back"), "Esc")
        self.explain = SecondaryButton(translate("Parts", "Take as the reason"), "R")
        self.end = SecondaryButton(translate("Parts", "End this part"), "E", "door-closed")
        self.ask_button = PrimaryButton(translate("Parts", "Ask the centre"), "Enter", "cloud")
        for button, act in (
            (self.leave, self.close_sheet),
            (self.explain, self.explain_it),
            (self.end, self.end_part),
            (self.ask_button, self.ask),
        ):
            button.clicked.connect(act)
            self.buttons.addWidget(button)
        self.table.chosen.connect(lambda _: self._show_part())
        services.signals.changed.connect(self._changed)
        self._show()
        self.open()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Return: (self.ask_button, self.ask),
            Qt.Key.Key_Enter: (self.ask_button, self.ask),
            Qt.Key.Key_E: (self.end, self.end_part),
            Qt.Key.Key_R: (self.explain, self.explain_it),
        }
        button, act = acts.get(Qt.Key(event.key()), (None, None))
        if button is not None and act is not None and button.isVisible():
            act()
        super().keyPressEvent(event)

    def ask(self) -> None:
        """Ask the centre what it holds of this session; the answer, or why there is none, comes by itself."""
        if not self.ask_button.isEnabled():
            return
        self.ask_button.set_busy(translate("Parts", "Asking…"))
        self.problem.clear()
        post = self._services.signals.post
        self._services.courier.ask_session(
            self._site.id, lambda answer: post(partial(self._answered, answer))
        )

    def end_part(self) -> None:
        """End the part of a laptop that cannot close it any more; a reason is asked."""
        part = self._part()
        if part is None or part.closed or part.device_code == self._here():
            return
        services, held = self._services, self._held.get(part.device_code)
        who, now, fact = services.who, services.clock(), services.new_id()

        def work(reason: str) -> None:
            run(
                self,
                services,
                lambda db: session_parts.end_part(
                    db,
                    who,
                    now,
                    session_id=self._site.id,
                    device_code=part.device_code,
                    fact_id=fact,
                    reason=reason,
                    held=None if held is None else len(held),
                ),
                None,
                self.problem.show_problem,
            )

        ask_end_part(self._over, part.device_code, work)

    def explain_it(self) -> None:
        """Hand the closing sheet the words for numbers that the centre holds and this machine does not."""
        missing = self._missing.get(self._here(), [])
        if missing:
            numbers = "、".join(missing[:_NAMED]) + ("…" if len(missing) > _NAMED else "")
            words = translate("Parts", "Held by the centre: {numbers}").format(numbers=numbers)
            self.close_sheet()
            self.explained.emit(words)

    def _answered(self, answer: dict[str, Any] | Problem) -> None:
        if not isValid(self) or self.isHidden():
            return
        self.ask_button.set_busy("")
        if isinstance(answer, Problem):
            offline = answer.code == "offline"  # whose words are about sending
            said = Problem("session_not_asked") if offline else answer
            self.problem.show_problem(said, tone=Tone.AMBER)
            return
        found = holdings_from_json(answer)  # its form was checked where it came in
        codes = {part.device_code for part in self._site.parts} | {one.device_code for one in found}
        held = {code: tuple(one for one in found if one.device_code == code) for code in codes}

        def look_up(db: Any) -> dict[str, list[str]]:
            return {code: session_parts.not_here(db, [one.number for one in of]) for code, of in held.items()}

        def arrived(missing: dict[str, list[str]]) -> None:
            self._held, self._missing = held, missing
            self._show_part()

        read_aside(self, self._services, look_up, arrived)

    def _show(self) -> None:
        at = max(self.table.currentIndex().row(), 0)
        headings = (
            translate("Parts", "Laptop"),
            translate("Parts", "Who"),
            translate("Parts", "Receipts"),
            translate("Parts", "Still waited"),
            translate("Parts", "Standing"),
        )
        now = self._services.clock()
        self.table.show_lines(headings, [self._line(part, now) for part in self._site.parts])
        self.table.selectRow(min(at, len(self._site.parts) - 1))
        self._show_part()

    def _line(self, part: Part, now: datetime) -> tuple[str, ...]:
        code = part.device_code
        name = translate("Parts", "{code} (this one)").format(code=code) if code == self._here() else code
        if not part.closed:
            return (
                name,
                part.operator_name,
                "—",
                "—",
                translate("Parts", "Goes on, as far as is known here"),
            )
        when = day_and_time(datetime.fromisoformat(part.closed_at), now)
        if part.ended_by:
            standing = translate("Parts", "Ended {time} by {name}: {why}").format(
                time=when, name=part.ended_by, why=part.words
            )
        else:
            standing = translate("Parts", "Closed {time}").format(time=when)
            if part.words:
                standing += f" · {part.words}"
        return (name, part.operator_name, str(part.receipts), str(part.left), standing)

    def _show_part(self) -> None:
        part = self._part()
        if part is None:
            return
        code = part.device_code
        held, missing = self._held.get(code), self._missing.get(code, [])
        self.end.setVisible(not part.closed and code != self._here())
        self.explain.setVisible(bool(missing) and code == self._here())
        self.receipts.setVisible(bool(held))
        if held is None:
            self.said.set_text(
                translate(
                    "Parts",
                    "Where a laptop is dead, the centre says what it holds of it. Its part can then be ended"
                    " here, so that the session closes and nobody who waits is forgotten.",
                )
            )
            return
        self.said.set_text(
            translate(
                "Parts",
                "The centre holds {n} receipts of {code}, {whole} of them with all pages."
                " {missing} are not on this machine.",
            ).format(n=len(held), code=code, whole=sum(one.whole for one in held), missing=len(missing))
        )
        headings = (
            translate("Parts", "Receipt"),
            translate("Parts", "Case"),
            translate("Parts", "Pages at the centre"),
            translate("Parts", "On this machine"),
        )
        absent = set(missing)
        yes, no = translate("Parts", "yes"), translate("Parts", "no")
        lines = [
            (
                one.number,
                translate("Parts", "Receipt void") if one.voided else _state(one.state),
                f"{one.files_held} / {one.files}",
                no if one.number in absent else yes,
            )
            for one in held
        ]
        self.receipts.show_lines(headings, lines)

    def _part(self) -> Part | None:
        at = self.table.currentIndex().row()
        return self._site.parts[at] if 0 <= at < len(self._site.parts) else None

    def _here(self) -> str:
        return self._services.who.device_code

    def _changed(self, changes: Changes) -> None:
        if Topic.SESSION.value not in changes.topics or self.isHidden():
            return
        session_id = self._site.id

        def arrived(site: SiteSession | None) -> None:
            if site is not None:
                self._site = site
                self._show()

        read_aside(self, self._services, lambda db: site_sessions.site(db, session_id), arrived)


def _state(state: str) -> str:
    return state_words(CaseState(state)) if state in set(CaseState) else state
