"""Emptying a layout, and showing what it was filled with anew."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def show_all(layout: QLayout) -> None:
    """Show what was put into a layout now, not with the next turn: nothing flickers, all takes the focus."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget: QWidget | None = item.widget() if item is not None else None
        if widget is not None:
            widget.show()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and free it."""
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        if inner is not None:
            clear(inner)
