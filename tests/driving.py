"""Drives the real window as a person would: keys, words, clicks and drops as input events."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

W = TypeVar("W", bound=QWidget)


class NotSeenError(AssertionError):
    """What the person was waiting for did not show in time."""


def tend(seconds: float = 0.02) -> None:
    """Let the window live for a moment."""
    until = time.monotonic() + seconds
    while True:
        QApplication.processEvents()
        if time.monotonic() >= until:
            return
        time.sleep(0.002)


def wait_until(condition: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Let the window live until the condition holds; NotSeenError naming `what` otherwise."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise NotSeenError(f"not seen within {seconds:.0f} s: {what}")
        tend(0.01)


def find(root: QWidget, kind: type[W], test: Callable[[W], bool]) -> W | None:
    """Return the first visible widget of a kind below `root` that passes the test."""
    for widget in root.findChildren(kind):
        if widget.isVisible() and test(widget):
            return widget
    return None


def see(root: QWidget, kind: type[W], test: Callable[[W], bool], what: str, seconds: float = 20.0) -> W:
    """Wait for a visible widget that passes the test and return it."""
    box: list[W] = []

    def look() -> bool:
        widget = find(root, kind, test)
        if widget is not None:
            box.append(widget)
        return bool(box)

    wait_until(look, what, seconds)
    return box[0]


def editor(root: QWidget, label: str) -> QLineEdit:
    """Return the visible line editor whose accessible name begins with the label."""
    return see(root, QLineEdit, lambda w: w.accessibleName().startswith(label), f"field {label}")


def button(root: QWidget, text: str, seconds: float = 20.0) -> QAbstractButton:
    """Return the visible, enabled button whose words begin with the text."""

    def right(widget: QAbstractButton) -> bool:
        return widget.isEnabled() and (
            widget.text().startswith(text) or widget.accessibleName().startswith(text)
        )

    return see(root, QAbstractButton, right, f"button {text}", seconds)


def words_on(root: QWidget) -> list[str]:
    """Return the texts of all visible labels."""
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible() and label.text()]


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Press the left button on a widget, at its middle or at a point of it."""
    QTest.mouseClick(
        widget,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        at or widget.rect().center(),
    )
    tend()


def draw(widget: QWidget, strokes: Sequence[Sequence[tuple[float, float]]], seconds: float = 0.3) -> None:
    """Draw with the pressed mouse; points from 0 to 1 of the widget, spread over `seconds` in all."""
    pause = seconds / max(sum(map(len, strokes)), 1)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

    def send(
        kind: QEvent.Type, at: tuple[float, float], button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        point = QPointF(at[0] * widget.width(), at[1] * widget.height())
        event = QMouseEvent(
            kind, point, widget.mapToGlobal(point), button, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(widget, event)

    for stroke in strokes:
        send(QEvent.Type.MouseButtonPress, stroke[0], left, left)
        for at in stroke[1:]:
            tend(pause)
            send(QEvent.Type.MouseMove, at, none, left)
        send(QEvent.Type.MouseButtonRelease, stroke[-1], left, none)
        tend(pause)


def write(text: str) -> None:
    """Type into what has the focus: ASCII as keys, Chinese as an input method commits it."""
    for character in text:
        widget = QApplication.focusWidget()
        if widget is None:
            raise NotSeenError("nothing has the keyboard focus")
        if character.isascii():
            QTest.keyClicks(widget, character)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(character)
            QApplication.sendEvent(widget, event)
    tend()


def press(keys: str, target: QWidget | None = None) -> None:
    """Press a key or a chord such as "Ctrl+N" on what has the focus (or on `target`)."""
    widget = target or QApplication.focusWidget() or QApplication.activeWindow()
    if widget is None:
        raise NotSeenError("no window takes keys")
    chord = QKeySequence.fromString(keys)[0]  # type: ignore[index]
    QTest.keyClick(widget, chord.key(), chord.keyboardModifiers())
    tend()


def files_as_mime(paths: list[Path]) -> QMimeData:
    """Return what a file manager hands over when files are dragged or copied."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path.absolute())) for path in paths])
    return mime


def drop(widget: QWidget, paths: list[Path], at: QPoint | None = None) -> None:
    """Drag files over a widget and let them go there."""
    mime = files_as_mime(paths)
    point = at or widget.rect().center()
    entering = QDragEnterEvent(
        point, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, entering)
    if not entering.isAccepted():
        raise NotSeenError("the widget takes no files")
    falling = QDropEvent(
        QPointF(point),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    QApplication.sendEvent(widget, falling)
    tend()


def picture(window: QWidget, path: Path) -> None:
    """Keep what the window shows now as a PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tend(0.05)
    if not window.grab().save(str(path), "PNG"):
        raise OSError(f"no picture at {path.name}")
