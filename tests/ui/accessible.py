"""What a view must offer to keyboard, eye and screen reader: each function returns what is wrong with it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from tests.driving import press, wait_until
from ui.theme import look
from ui.widgets import Sheet

TARGET = 44
"""Pixels: what a cold finger hits."""


def named(widget: QWidget) -> str:
    """Say which widget this is, by what it says or is called."""
    words = widget.accessibleName() or _text(widget) or widget.objectName()
    return f"{type(widget).__name__}({words[:30]!r} in {type(widget.parentWidget()).__name__})"


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return str(widget.text())
    return ""


def tabbed(root: QWidget) -> list[QWidget]:
    """Return what Tab can reach inside a view."""
    return [
        widget
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def nameless(root: QWidget) -> list[str]:
    """Return the controls of which a screen reader could only say the kind."""
    found = []
    for widget in {*tabbed(root), *(w for w in root.findChildren(QAbstractButton) if w.isVisible())}:
        told = QAccessible.queryAccessibleInterface(widget)
        if not told or not told.text(QAccessible.Text.Name).strip():
            found.append(f"{named(widget)} has no name")
    return found


def act(widget: QAbstractButton) -> None:
    """Do to a button what a screen reader does: toggle what can be checked (no click), else press it."""
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    actions = told.actionInterface()
    first = actions.actionNames()[0]
    actions.doAction(first)


def small(root: QWidget) -> list[str]:
    """Return the buttons and editors that are smaller than a finger."""
    least = TARGET
    found = []
    for widget in tabbed(root):
        if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox):
            continue
        inside = isinstance(widget.parentWidget(), QLineEdit | QComboBox)
        if not inside and (widget.height() < least or widget.width() < least):
            found.append(f"{named(widget)} is {widget.width()} × {widget.height()}, below {least}")
    return found


def travelled(root: QWidget) -> list[str]:
    """Go round by Tab; return traps, what is never come to, leaps back, and where the focus is not seen."""
    window = root.window()
    stops = tabbed(root)
    if not stops:
        return []
    window.activateWindow()
    stops[0].setFocus(Qt.FocusReason.TabFocusReason)
    wait_until(lambda: QApplication.focusWidget() is not None, "a hand on the view")
    if not isinstance(root, Sheet):
        press("Tab")
        press("Shift+Tab")
    walked: list[QWidget] = []
    found: list[str] = []
    for _ in range(len(tabbed(window)) + 40):
        here = QApplication.focusWidget()
        if here is None or here in walked:
            break
        walked.append(here)
        found += _stop(window, root, here)
    if QApplication.focusWidget() is not walked[0] and not isinstance(root, Sheet):
        found.append(f"Tab does not leave {named(walked[-1])}")
    found += [f"Tab does not reach {named(w)}" for w in tabbed(root) if not _reached(w, walked)]
    return found + _leaps(root, [w for w in walked if root.isAncestorOf(w)])


def _stop(window: QWidget, root: QWidget, here: QWidget) -> list[str]:
    """Press Tab once; say whether the control looked otherwise while it had the focus."""
    seen = here.visibleRegion().boundingRect()
    area = QRect(here.mapTo(window, seen.topLeft()), seen.size()).marginsAdded(QMargins(3, 3, 3, 3))
    focused = window.grab(area).toImage()
    place = here.mapTo(window, QPoint(0, 0))
    press("Tab")
    if not root.isAncestorOf(here) or QApplication.focusWidget() is here or not here.isVisible():
        return []
    if here.mapTo(window, QPoint(0, 0)) == place and window.grab(area).toImage() == focused:
        return [f"{named(here)} does not show that it has the focus"]
    return []


def _reached(widget: QWidget, walked: list[QWidget]) -> bool:
    """Of a group of choices one is enough, arrows do the rest; a page is reached by what is in it."""
    if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
        return True
    return widget in walked or any(widget.isAncestorOf(other) for other in walked)


def _leaps(root: QWidget, walked: list[QWidget]) -> list[str]:
    """Return the steps inside a card that go back: to above, or in the same line to the left."""
    found = []
    for here, there in pairwise(walked):
        if _pane(here, root) is not _pane(there, root):
            continue
        one, other = _place(here, root), _place(there, root)
        above = other.bottom() < one.top() and other.left() < one.right()
        overlap = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
        left = overlap > min(one.height(), other.height()) / 2 and other.right() < one.left()
        if above or left:
            found.append(f"Tab leaps from {named(here)} back to {named(there)}")
    return found


def _place(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _pane(widget: QWidget, root: QWidget) -> QWidget:
    """Return the card or page that holds a widget: a reader finishes one before the next."""
    pane = widget
    while pane is not root:
        above = pane.parentWidget()
        if above is None:
            break
        pane = above
        if pane.objectName() in ("Card", "Sheet") or isinstance(pane, QScrollArea):
            break
    return pane


def cut(root: QWidget) -> list[str]:
    """Return the words that have less room than they need."""
    found = []
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or not label.pixmap().isNull():
            continue
        if label.wordWrap():
            needed = label.heightForWidth(label.width())
            if needed > label.height() + 2:
                found.append(f"{named(label)} needs {needed} of height and has {label.height()}")
        elif label.sizeHint().width() > label.width() + 2 or label.sizeHint().height() > label.height() + 2:
            found.append(f"{named(label)} needs {label.sizeHint().toTuple()}, has {label.size().toTuple()}")
    for button in root.findChildren(QAbstractButton):
        hint = button.sizeHint()
        if button.isVisible() and button.text() and hint.width() > button.width() + 2:
            found.append(f"{named(button)} needs {hint.width()} and has {button.width()}")
    return found


def pale(root: QWidget) -> list[str]:
    """Return the words that are too pale on what is painted behind them: 4.5:1, 3:1 for large ones."""
    image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or not _text(widget).strip():
            continue
        seen = widget.visibleRegion().boundingRect().translated(widget.mapTo(root, QPoint(0, 0)))
        seen = seen.intersected(root.rect())
        if seen.width() < 8 or seen.height() < 0.9 * widget.height():  # scrolled half away
            continue
        part = pixels[seen.top() : seen.bottom(), seen.left() : seen.right(), 2::-1]
        ratio, large = _contrast_within(part), widget.font().pixelSize() >= look().px(24)
        if ratio and ratio < (3.0 if large else 4.5) - 0.05:
            found.append(f"{named(widget)} has a contrast of {ratio:.2f}")
    return found


def _contrast_within(part: np.ndarray[Any, Any]) -> float:
    """Return the contrast of the commonest colour with what differs most from it; 0 for one colour alone."""
    flat = part.reshape(-1, 3).astype(np.uint32)
    colors, counts = np.unique(flat[:, 0] << 16 | flat[:, 1] << 8 | flat[:, 2], return_counts=True)
    if len(colors) < 2:
        return 0.0
    rgb = np.stack([colors >> 16 & 255, colors >> 8 & 255, colors & 255], axis=1) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    light = linear @ np.array([0.2126, 0.7152, 0.0722])
    ground = light[counts.argmax()]
    ratios = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
    return float(ratios.max())
