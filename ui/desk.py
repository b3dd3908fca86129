"""The one top-level window: first run, unlock and the open window, in turn, in the same place.

`Desk(backend, settings, signals)`: main makes `Signals` and `Settings` on the main thread, hands `signals` to
its workers and to `Services`, implements `ui.backend.Backend`, and calls `show()`. `opened(Services)` says
that the window is in use, `closed()` that it is being closed and main may stop its workers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from registration.changes import Changes
from registration.errors import JilaiError, MachineError, Problem
from registration.rights import Act, may
from ui.backend import Backend, Created, NewVault
from ui.idle import IdleWatch
from ui.key_list import show_keys
from ui.run import aside
from ui.screens.unlock import UnlockScreen
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals
from ui.theme import icon, look
from ui.warming import Warming

if (
    TYPE_CHECKING
):  # what the unlock page does not need is imported when it is, so that the page is there at once
    from ui.main_window import MainWindow
    from ui.screens.first_run import FirstRunScreen


class Desk(QMainWindow):
    """Coordinates the screens before the vault is open and the window after; holds no password."""

    opened = Signal(object)
    closed = Signal()

    def __init__(
        self, backend: Backend, settings: Settings, signals: Signals, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._backend, self._settings, self._signals = backend, settings, signals
        self._window: MainWindow | None = None
        self._warming = Warming(self)
        self._first: FirstRunScreen | None = None
        self._account = ""  # last typed
        self._opened_for = ""
        self._loading = False
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setMinimumSize(QSize(1024, 640))
        self.resize(1366, 768)
        self.setWindowIcon(self._icon())
        self._unlock = UnlockScreen(settings)
        self._unlock.unlock_wanted.connect(self._try_unlock)
        self._unlock.recovery_wanted.connect(self._try_recovery)
        self._stack.addWidget(self._unlock)
        keys = QShortcut(QKeySequence("F1"), self._unlock)
        keys.activated.connect(lambda: show_keys(self, self._unlock.keys()))
        other = QShortcut(QKeySequence("F6"), self._unlock)
        other.activated.connect(self._unlock.switch)
        anybody = QShortcut(QKeySequence("Shift+F12"), self)
        anybody.activated.connect(self.hand_over)
        self._idle = IdleWatch(lambda: settings.value.lock_minutes, parent=self)
        self._idle.idle.connect(self.lock)
        signals.changed.connect(self._went_on)
        signals.shut.connect(self._shut)
        back = QShortcut(QKeySequence("Esc"), self._unlock)
        back.activated.connect(self._unlock.back)
        self._retranslate()
        if backend.has_vault():
            self._unlock.clear(locked=False)
        else:
            self._begin_first_run()

    def window_open(self) -> MainWindow | None:
        """Return the window behind the lock, or None before the first unlock."""
        return self._window

    def locked(self) -> bool:
        return self._stack.currentWidget() is not self._window

    def lock(self) -> None:
        """Show the unlock page; the open window keeps everything as it is behind it."""
        if self._window is None or self.locked():
            return
        self._backend.lock()
        self._unlock.clear(locked=True, account=self._account)
        self._stack.setCurrentWidget(self._unlock)
        self._unlock.shown()

    def hand_over(self) -> None:
        """Lock for somebody else: the account is theirs to type."""
        self.lock()
        if self._window is not None:
            self._unlock.switch()

    def _went_on(self, changes: Changes) -> None:
        """Pages that a scanner feeds are as good as a hand on the keys."""
        if changes.applications:
            self._idle.note()

    def _shut(self, problem: Problem) -> None:
        """Whoever is here may not go on: the window locks, and the page says why."""
        self.lock()
        self._unlock.show_shut(problem)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._loading:
            self._loading = True
            handle = self.windowHandle()
            if handle is not None:
                self._idle.watch(handle)
            aside(self, self._signals, _load_window)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.setWindowIcon(self._icon())
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Registration window"))

    def _icon(self) -> QIcon:
        return icon("door-open", look().color("primary"), 64)

    def _begin_first_run(self) -> None:
        first = self._new_first()
        first.create_wanted.connect(self._create)
        first.copy_wanted.connect(self._begin_restore)

    def _begin_restore(self) -> None:
        from ui.screens.restore import RestoreScreen

        page = RestoreScreen(self._settings, self._signals, self._backend.restore)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.shown()
        page.given_up.connect(lambda: self._leave_restore(page, self._first or self._unlock))
        page.restored.connect(lambda account: self._restored(page, account))

    def _leave_restore(self, page: QWidget, to: QWidget) -> None:
        self._stack.setCurrentWidget(to)
        self._stack.removeWidget(page)
        page.deleteLater()

    def _restored(self, page: QWidget, account: str) -> None:
        """The copy is this machine's data now: its operators unlock it."""
        self._leave_restore(page, self._unlock)
        if self._first is not None:
            self._stack.removeWidget(self._first)
            self._first.deleteLater()
            self._first = None
        self._unlock.clear(locked=False, account=account)
        self._unlock.shown()

    def _new_first(self) -> FirstRunScreen:
        from ui.screens.first_run import FirstRunScreen

        first = FirstRunScreen(self._settings, centre_given=self._backend.centre_given)
        first.print_wanted.connect(self._print_recovery)
        first.save_wanted.connect(self._save_recovery)
        self._stack.addWidget(first)
        self._stack.setCurrentWidget(first)
        self._first = first
        first.shown()
        return first

    def _create(self, wish: NewVault) -> None:
        first = self._first
        assert first is not None
        self._account = wish.account

        def done(created: Created) -> None:
            self._show_recovery(first, created.recovery_key, created.services)

        aside(self, self._signals, lambda: self._backend.create_vault(wish), done, first.show_failure)

    def _show_recovery(self, first: FirstRunScreen, key: str, services: Services) -> None:
        """Show a recovery key until somebody says that it is put away; a program killed here asks again."""

        def done(_: None) -> None:
            first.forget()
            self._enter(services)

        first.show_recovery(key, self._account)
        first.put_away.connect(
            lambda: aside(self, self._signals, services.door.confirm_recovery, done, first.show_sheet_failed)
        )

    def _print_recovery(self, draw: Callable[[], bytes]) -> None:
        first, press = self._first, self._backend.press
        assert first is not None
        printer = self._settings.value.a4_printer
        aside(
            self,
            self._signals,
            lambda: press.send(draw(), printer, "Jilai"),
            lambda _: first.show_sheet_done("printed"),
            first.show_sheet_failed,
        )

    def _save_recovery(self, draw: Callable[[], bytes], path: str) -> None:
        first = self._first
        assert first is not None

        def save() -> None:
            try:
                Path(path).write_bytes(draw())
            except OSError as error:
                raise MachineError("save_failed") from error

        aside(self, self._signals, save, lambda _: first.show_sheet_done("saved"), first.show_sheet_failed)

    def _try_unlock(self, account: str, password: str) -> None:
        self._account = account
        aside(
            self,
            self._signals,
            lambda: self._backend.unlock(account, password),
            self._open,
            self._not_unlocked,
        )

    def _try_recovery(self, key: str, account: str, password: str) -> None:
        self._account = account
        aside(
            self,
            self._signals,
            lambda: self._backend.recover(key, account, password),
            self._open,
            self._not_unlocked,
        )

    def _not_unlocked(self, error: JilaiError) -> None:
        self._unlock.show_failure(error)

    def _open(self, services: Services) -> None:
        """Go on into the window; before it, once more, to a recovery key that nobody has put away yet."""
        if not services.door.recovery_waiting or not may(services.who.role, Act.PEOPLE):
            self._enter(services)
            return

        def show(key: str) -> None:
            self._unlock.show_busy(False)
            self._show_recovery(self._new_first(), key, services)

        aside(self, self._signals, services.door.new_recovery, show, self._not_unlocked)

    def _enter(self, services: Services) -> None:
        """Show the window: the same one to the same account, a new one to another."""
        self._idle.note()
        account = self._account.strip().casefold()
        same, self._opened_for = self._opened_for == account, account
        fresh = self._window is None or not same
        window = self._replaced_window(services) if fresh or self._window is None else self._window
        self._stack.setCurrentWidget(window)
        if fresh:
            window.take_focus()
        self._unlock.show_busy(False)
        if self._first is not None:
            self._stack.removeWidget(self._first)
            self._first.deleteLater()
            self._first = None
        self.opened.emit(services)
        if fresh:
            aside(self, self._signals, services.door.warning, self._warn)
        for problem in services.copy_room.take_news():
            self._signals.failed.emit(problem)

    def _warn(self, problem: Problem | None) -> None:
        if problem is not None:
            self._signals.failed.emit(problem)

    def _replaced_window(self, services: Services) -> MainWindow:
        if self._window is not None:
            self._stack.removeWidget(self._window)
            self._window.deleteLater()
        from ui.main_window import MainWindow

        self._window = window = MainWindow(services)
        window.lock_wanted.connect(self.lock)
        self._stack.addWidget(window)
        self._warming.start()
        return window


def _load_window() -> None:
    """Import the screens while the password is being typed, so that the unlock does not wait for them."""
    import ui.intake.screen
    import ui.main_window
    import ui.screens.building_table
    import ui.screens.queue
    import ui.screens.receipt  # noqa: F401
