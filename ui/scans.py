"""Scanned receipts: a scanner that types is told from a person, and a receipt's code leads to its case."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from capture.barcodes import QUICKEST_HAND_SECONDS, TypedScans
from registration.errors import InputError, JilaiError
from storage import receipts
from storage.trust import read_trust
from ui.messages import words
from ui.theme import Tone

if TYPE_CHECKING:
    from registration.receipt import Receipt
    from ui.services import Services

_LONGEST_NUMBER = 40


def receipt_of_code(services: Services, code: str) -> Receipt:
    """Return the receipt of this window that a code stands for: its number, or its signed token.

    Raises InputError: receipt_not_here where it was issued elsewhere, token_… where the code is none of ours.
    """
    number = number_of_code(services, code)
    found = services.store.read(lambda db: receipts.receipt(db, number))
    if found is None:
        raise InputError("receipt_not_here", number=number)
    return found


def number_of_code(services: Services, code: str) -> str:
    """Return the receipt's number that a code proves, wherever it was issued. InputError token_…."""
    from printing.signed_token import verify
    from printing.verification import trusted

    text = code.strip()
    if (
        len(text) <= _LONGEST_NUMBER
        and services.store.read(lambda db: receipts.receipt(db, text)) is not None
    ):
        return text
    return verify(text, trusted(read_trust(services.data_dir))).number


class ReceiptScans(QObject):
    """Receipts that were scanned or lie under the camera: `case_found(application id)`, `said(words, Tone)`.

    A scanner's receipt opens its case at once. One under the camera is only offered, for it may lie there to
    be photographed: `open_seen` opens it.
    """

    case_found = Signal(str)
    said = Signal(str, object)

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._seen = ""
        self._screen: Callable[[], object] = lambda: None
        self._watch = ScanWatch(window, self._is_receipt)
        self._watch.scanned.connect(self._open)
        services.signals.code_seen.connect(self._see)
        QTimer.singleShot(0, self, self._watch.watch)

    def open_seen(self) -> None:
        """Open the case of the receipt that was last seen under the camera."""
        if self._seen:
            self._open(self._seen)

    def _is_receipt(self, code: str) -> bool:
        """Say whether a code is a paper of ours, here or elsewhere."""
        try:
            receipt_of_code(self._services, code)
        except JilaiError as error:
            return error.code != "token_malformed"
        return True

    def taken_by(self, screen: Callable[[], object]) -> None:
        """Offer what is scanned to the screen in view first, where it has `take_receipt(number) -> bool`."""
        self._screen = screen

    def _open(self, code: str) -> None:
        try:
            take = getattr(self._screen(), "take_receipt", None)
            if take is not None and take(number_of_code(self._services, code)):
                return
            self.case_found.emit(receipt_of_code(self._services, code).application_id)
        except JilaiError as error:
            said = words(error)
            self.said.emit(f"{said.title} — {said.remedy}", Tone.AMBER)

    def _see(self, code: str) -> None:
        with contextlib.suppress(JilaiError):  # other papers have codes, too
            number = receipt_of_code(self._services, code).number
            self._seen = code
            self.said.emit(self.tr("Receipt {number}: F5 opens its case").format(number=number), Tone.BLUE)


def struck_at(event: QInputEvent) -> float:
    """Return when the system took a key, in seconds: a window that was busy meanwhile tells it no later."""
    return event.timestamp() / 1000


class ScanWatch(QObject):
    """Watches the keys of one window for a scanner's, from `watch` on: `scanned(str)`.

    A scan's keys reach no button and no shortcut: outside of an entry a character is held back for the
    moment in which a scanner would send the next. In an entry they show, and are taken out again.
    """

    scanned = Signal(str)

    def __init__(
        self,
        window: QWidget,
        is_code: Callable[[str], bool],
        when: Callable[[QInputEvent], float] = struck_at,
    ) -> None:
        super().__init__(window)
        self._window, self._is_code, self._when = window, is_code, when
        self._scans = TypedScans()
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._last = 0.0
        self._burst = 0
        self._before: tuple[QLineEdit, str] | None = None
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(round(QUICKEST_HAND_SECONDS * 1000) + 5)
        self._release.timeout.connect(self._let_go)

    def watch(self) -> None:
        """Begin; once the window is on the screen."""
        handle = self._window.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._in_burst(event):
            event.accept()  # no shortcut may act on a scanner's slash or bracket
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _in_burst(self, event: QEvent) -> bool:
        if self._burst == 0 or not isinstance(event, QInputEvent):
            return False
        return self._follows(self._when(event))

    def _follows(self, now: float) -> bool:
        """Say whether a key came too soon after the last for a hand; the system's count may begin anew."""
        return 0 <= now - self._last <= QUICKEST_HAND_SECONDS

    def _key(self, event: QKeyEvent) -> bool:
        """Take one key; True where it is held back or was the end of a scan."""
        now, text = self._when(event), event.text()
        focus = QApplication.focusWidget()
        scan = self._scans.key(text, now)
        if text in ("\r", "\n"):
            burst, self._burst = self._burst, 0
            if scan is not None and burst and self._is_code(scan):
                self._take_out()
                self.scanned.emit(scan)
                return True
            self._let_go()
            return False
        if not text or not text.isprintable():
            return False
        self._burst = self._burst + 1 if self._follows(now) else 1
        self._last = now
        if isinstance(focus, QLineEdit):
            if self._burst == 1:
                self._before = (focus, focus.text())
            return False
        if focus is None or text == " ":  # a space begins no code, and presses the shutter at once
            return False
        if self._burst == 1:
            self._let_go()
        self._held.append((focus, QKeyEvent(event)))
        self._release.start()
        return True

    def _take_out(self) -> None:
        """The scan is known: what it typed into an entry goes, what was held back is dropped."""
        self._release.stop()
        self._held.clear()
        before, self._before = self._before, None
        if before is not None and before[0] is QApplication.focusWidget():
            entry, text = before
            entry.setText(text)
            entry.textEdited.emit(text)

    def _let_go(self) -> None:
        """It was a hand after all: its keys go where they were going."""
        self._release.stop()
        held, self._held = self._held, []
        for widget, event in held:
            QApplication.sendEvent(widget, event)
