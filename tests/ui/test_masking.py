"""Every place of the window, opened over seeded cases: nobody's name or number stands there unasked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.driving import tend, wait_until
from tests.storage.evening import Evening
from tests.storage.test_revisions import ITEMS, status, tell
from tests.ui.test_corrections_screen import conflicting, held
from ui.main_window import MainWindow
from ui.places import PLACES
from ui.screens.machine_tabs import TABS
from ui.services import Services

MASKED = {"queue": "魏*英", "corrections": "魏*英", "conflict": "6543"}
"""What shows that a place has its rows, of people masked."""

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def seeded(evening: Evening) -> set[str]:
    """Return the names, document numbers and telephones of everybody in the store."""
    sql = (
        "SELECT json_extract(p.value, '$.name'), json_extract(p.value, '$.document_number'),"
        " json_extract(p.value, '$.phone') FROM application_bodies b, json_each(b.body, '$.parties') p"
    )
    return {text for row in evening.sql(sql) for text in row if text}


def texts(root: QWidget) -> Iterator[str]:
    """Yield all that can be read or heard in a window: labels, entries, lists, tips, spoken names."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root):
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
        whole = getattr(widget, "text_whole", None)
        if whole is not None:
            yield whole()
        elif isinstance(widget, QLabel | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for row in range(min(model.rowCount(), 200)):
                for column in range(model.columnCount()):
                    yield from (str(model.index(row, column).data(role) or "") for role in ROLES)


@pytest.mark.parametrize(
    "place",
    [name for name, _ in PLACES if name != "intake"]
    + ["ready", "papers", "about", "corrections", "conflict"],
)
def test_no_place_shows_anybody_unasked(
    window: MainWindow, services: Services, evening: Evening, qtbot: QtBot, place: str
):
    people = seeded(evening)
    assert len(people) >= 6
    case = conflicting(evening, services) if place == "conflict" else ""
    if place == "corrections":
        tell(evening, status(held(evening), "returned", items=ITEMS))
    if place == "conflict":
        services.courier.case["application"]["parties"][0]["phone"] = "13900000000"  # type: ignore[attr-defined]
    screen = window.go(place)
    if case:
        screen.show_case(case)  # type: ignore[attr-defined]
    if place in MASKED:
        wait_until(lambda: MASKED[place] in "\n".join(texts(window)), "the rows, masked")
    keys = [tab.key for tab in TABS] if place == "devices" else [""]
    for key in keys:
        if key:
            screen.open_tab(key)  # type: ignore[attr-defined]
        tend(0.4)
        QApplication.processEvents()
        said = "\n".join(texts(window))
        assert len(said) > 50
        assert [text for text in people if text in said] == [], (place, key)


def test_what_is_looked_for_is_found_where_it_stands(window: MainWindow, evening: Evening, qtbot: QtBot):
    name = next(text for text in seeded(evening) if not text.isascii())
    label = QLabel(name, window)
    label.show()
    assert name in "\n".join(texts(window))
