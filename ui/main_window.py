"""The window once the vault is open: rail, top bar, and one screen at a time.

`MainWindow(services)` is all it takes; `ui.desk.Desk` makes it after the unlock. `lock_wanted()` asks the
desk to lock: the window is hidden, not closed, and comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.errors import Problem
from registration.receipt import Receipt
from storage import applications, handover
from ui.bar_news import BarNews
from ui.field_work import prepare_for_the_field
from ui.key_list import show_keys
from ui.line_intake import take_in_slip
from ui.messages import words
from ui.places import PLACES, make_screen
from ui.run import run
from ui.scans import ReceiptScans
from ui.screens.tonight import TonightScreen
from ui.services import Services
from ui.theme import Tone, look
from ui.trail import Trail
from ui.widgets import RailButton, Screen, Toast
from ui.widgets.focus_ring import Ringed
from ui.widgets.rail_button import RAIL_WIDTH
from ui.widgets.top_bar import TopBar
from ui.wishes import connect_wishes, turn_round


class MainWindow(Ringed):
    """`go(place)` turns to a screen; each is made when it is first needed and then kept."""

    lock_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._services = services
        self._screens: dict[str, Screen] = {}
        self._place = ""
        self._trail = Trail()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = TopBar()
        column.addWidget(self._bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._build_rail())
        self._stack = QStackedWidget()
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)
        self._toast = Toast(self)
        self._scans = ReceiptScans(services, self)
        self._scans.case_found.connect(self.open_case)
        self._scans.taken_by(lambda: self._screens[self._place])
        self._scans.said.connect(self.notify)
        prepare_for_the_field(self, services, self._bar)
        self._bind_keys()
        BarNews(self, services, self._bar)
        services.signals.failed.connect(self._tell_failure)
        self._retranslate()
        self.go("tonight")
        QTimer.singleShot(0, self, self._resume)

    def go(self, place: str) -> Screen:
        """Turn to a place of the rail, or to "receipt"; return its screen."""
        screen = self._screens.get(place) or self._make(place)
        turned = place != self._place
        if turned:
            self._trail.follow(self._place, place)
        self._place = place
        if place in self._rail:
            self._rail[place].setChecked(True)
        if turned:
            self._stack.setCurrentWidget(screen)
            screen.shown()
        return screen

    def take_focus(self) -> None:
        """Bring the hand to the screen in view."""
        self._screens[self._place].shown()

    def place(self) -> str:
        return self._place

    def go_back(self) -> None:
        """Leave a screen for where it was come to from."""
        self.go(self._trail.back())

    def show_session(self, session: object) -> None:
        self._bar.set_session(session)  # type: ignore[arg-type]

    def show_due(self, count: int) -> None:
        """Say on the rail how much is due."""
        self._rail["tonight"].set_count(count)

    def screen_of(self, place: str) -> Screen:
        """Return a place's screen without turning to it."""
        return self._screens.get(place) or self._make(place)

    def new_intake(self, household_id: str = "") -> None:
        """Begin an intake (or go on with the one under way); without a session, say where to open one."""
        tonight = cast(TonightScreen, self.screen_of("tonight"))
        if tonight.session() is None:
            self.go("tonight")
            self.notify(words(Problem("no_session")).remedy, Tone.AMBER)
            return
        if household_id or not take_in_slip(self, self._services):
            self.go("intake").start(household_id)  # type: ignore[attr-defined]

    def notify(self, text: str, tone: Tone = Tone.PRIMARY) -> None:
        """Say something that needs no answer."""
        self._toast.show_text(text, tone)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._rail_frame.setFixedWidth(look().px(RAIL_WIDTH))
        super().changeEvent(event)

    def _build_rail(self) -> QFrame:
        self._rail_frame = QFrame()
        self._rail_frame.setObjectName("Rail")
        self._rail_frame.setFixedWidth(look().px(RAIL_WIDTH))
        column = QVBoxLayout(self._rail_frame)
        column.setContentsMargins(0, 12, 1, 12)
        column.setSpacing(0)
        group = QButtonGroup(self)
        self._rail: dict[str, RailButton] = {}
        for number, (place, icon) in enumerate(PLACES, start=1):
            button = RailButton(icon, "", f"Ctrl {number}")
            button.clicked.connect(lambda _=False, to=place: self._pressed(to))
            # A screen reader toggles a checkable button, and that is no click
            button.toggled.connect(lambda on, to=place: self._toggled(to, on))
            group.addButton(button)
            column.addWidget(button)
            self._rail[place] = button
        column.addStretch(1)
        return self._rail_frame

    def _bind_keys(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "F1": self._show_keys,
            "Ctrl+F1": partial(self._pressed, "about"),
            "Ctrl+F2": partial(turn_round, self, self._services),
            "Ctrl+F3": partial(self._pressed, "line"),
            "F12": self.lock_wanted.emit,
            "Ctrl+N": self.new_intake,
            "Ctrl+L": self.lock_wanted.emit,
            "/": self._search,
            "Esc": self._back,
            "F5": self._scans.open_seen,
        }
        for number, (place, _) in enumerate(PLACES, start=1):
            acts[f"Ctrl+{number}"] = partial(self._pressed, place)
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _retranslate(self) -> None:
        names = {
            "tonight": self.tr("Tonight"),
            "intake": self.tr("Intake"),
            "queue": self.tr("Queue"),
            "table": self.tr("Buildings"),
            "visits": self.tr("Visits"),
            "ledger": self.tr("Ledger"),
            "devices": self.tr("Devices"),
        }
        for place, button in self._rail.items():
            button.set_text(names[place])

    def _make(self, place: str) -> Screen:
        screen = make_screen(place, self._services)
        self._screens[place] = screen
        self._stack.addWidget(screen)
        connect_wishes(self, self._services, screen)
        if isinstance(screen, TonightScreen):
            self._bar.set_session(screen.session())
        return screen

    def _toggled(self, place: str, on: bool) -> None:
        if on and place != self._place:
            self._pressed(place)

    def _pressed(self, place: str) -> None:
        if place == "intake":
            self._rail[self._trail.root(self._place, self._rail)].setChecked(True)
            self.new_intake()
        else:
            self.go(place)

    def open_draft(self, application_id: str) -> None:
        """Go on with a draft; one of a batch that waited since a former session comes into this one first."""
        who, now = self._services.who, self._services.clock()
        run(
            self,
            self._services,
            lambda db: handover.bring_into_session(db, who, now, application_id),
            lambda _: self.go("intake").open_draft(application_id),  # type: ignore[attr-defined]
        )

    def open_case(self, application_id: str) -> None:
        self.go("queue").show_case(application_id)  # type: ignore[attr-defined]

    def show_receipt(self, receipt: Receipt, *, fresh: bool) -> None:
        self.go("receipt").show_receipt(receipt, fresh=fresh)  # type: ignore[attr-defined]

    def _resume(self) -> None:
        """After a crash or a closed lid: the draft that was under way, on the page where it was."""
        found = self._services.store.read(applications.latest_draft)
        if found is not None and found[1]:
            self.go("intake").resume()  # type: ignore[attr-defined]

    def _search(self) -> None:
        search = getattr(self._screens[self._place], "search", None)
        if search is not None:
            search()

    def _back(self) -> None:
        screen = self._screens[self._place]
        if not screen.back() and self._place != "tonight":
            self.go_back()

    def _show_keys(self) -> None:
        show_keys(self.window(), self._screens[self._place].keys())

    def _tell_failure(self, problem: Problem) -> None:
        said = words(problem)
        self.notify(f"{said.title} — {said.remedy}", Tone.SEAL)
