"""The materials board: every row of the checklist is the place where its papers go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.values import StoredPage
from ui.widgets.materials_row import MaterialsRow, RowContent
from ui.widgets.page_strip import PAGE_MIME
from ui.widgets.screen import ScrollArea
from ui.widgets.thumbnails import Thumbnails


class MaterialsBoard(QWidget):
    """Rows with their pages; up and down choose a row, left and right a page, Enter adds, Delete removes.

    Ctrl with the arrows moves the page: within its row, or to the row above or below. Files and pictures
    are dropped on a row, or anywhere for the current one: `dropped(code, QMimeData)`, to be read at once.
    """

    row_chosen = Signal(str)
    page_chosen = Signal(str)
    page_opened = Signal()
    add_asked = Signal(str)
    dropped = Signal(str, object)
    page_moved = Signal(str, str, int)  # page, row, place from 1
    remove_asked = Signal(str)
    material_changed = Signal(object)
    failure_dismissed = Signal(str)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = thumbnails
        self._rows: dict[str, MaterialsRow] = {}
        self._contents: dict[str, RowContent] = {}
        self._row = ""
        self._page = ""
        self._drop_row = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.area = ScrollArea(spacing=0)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.column.addStretch(1)
        box.addWidget(self.area)

    # -- what is shown -------------------------------------------------------------------------------------

    def show_rows(self, contents: Sequence[RowContent]) -> None:
        """Show the checklist; row and page stay chosen where they are still there."""
        codes = [content.item.code for content in contents]
        if list(self._rows) != codes:
            self._rebuild(codes)
        self._contents = {content.item.code: content for content in contents}
        if self._row not in self._rows:
            self._row = codes[0] if codes else ""
        if self._page and all(page.id != self._page for page in self.pages_of_row()):
            self._page = ""
        for code, content in self._contents.items():
            self._rows[code].show_content(content, self._page if code == self._row else "")
        self._show_states()

    def row(self, code: str) -> MaterialsRow:
        return self._rows[code]

    def current_row(self) -> str:
        return self._row

    def current_page(self) -> StoredPage | None:
        return next((page for page in self.pages_of_row() if page.id == self._page), None)

    def pages_of_row(self) -> tuple[StoredPage, ...]:
        content = self._contents.get(self._row)
        return content.pages if content else ()

    def choose(self, code: str, page_id: str = "") -> None:
        """Stand on a row, and on one of its pages or on none."""
        if code not in self._rows:
            return
        moved = code != self._row
        if moved and self._row in self._contents:
            self._rows[self._row].show_content(self._contents[self._row], "")
        turned = page_id != self._page
        self._row, self._page = code, page_id
        if code in self._contents:
            self._rows[code].show_content(self._contents[code], page_id)
        self._show_states()
        self.area.ensureWidgetVisible(self._rows[code], 0, 8)
        if moved:
            self.row_chosen.emit(code)
        if moved or turned:
            self.page_chosen.emit(page_id)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Materials of the checklist"))
        for row in self._rows.values():
            row.retranslate()

    def _rebuild(self, codes: Sequence[str]) -> None:
        for row in self._rows.values():
            self.area.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for code in codes:
            row = self._rows[code] = MaterialsRow(code, self.thumbnails)
            self.area.column.insertWidget(self.area.column.count() - 1, row)
            row.pressed.connect(lambda code=code: self._press(code, ""))
            row.page_chosen.connect(lambda page, code=code: self._press(code, page))
            row.page_opened.connect(self.page_opened)
            row.add_asked.connect(lambda code=code: self._ask_add(code))
            row.material_changed.connect(self.material_changed)
            row.failure_dismissed.connect(self.failure_dismissed)

    def _show_states(self) -> None:
        for code, row in self._rows.items():
            here = code == self._row
            row.set_state(current=here, focused=here and self.hasFocus(), dropping=code == self._drop_row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._keep_in_view)  # once the rows have their new places

    def _keep_in_view(self) -> None:
        if self._row in self._rows:
            self.area.ensureWidgetVisible(self._rows[self._row], 0, 8)

    # -- keys and hand -------------------------------------------------------------------------------------

    def _press(self, code: str, page_id: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(code, page_id or (self._page if code == self._row else ""))

    def _ask_add(self, code: str) -> None:
        self.choose(code, self._page if code == self._row else "")
        self.add_asked.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, codes = Qt.Key(event.key()), list(self._rows)
        if self._row not in codes:
            super().keyPressEvent(event)
            return
        carry = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        up_down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        left_right = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif up_down:
            at = codes.index(self._row) + up_down
            if 0 <= at < len(codes):
                self._carry_to(codes[at]) if carry else self.choose(codes[at])
        elif left_right:
            self._carry_by(left_right) if carry else self._step(left_right)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._page:
            self.remove_asked.emit(self._page)
        elif key == Qt.Key.Key_O and not carry:
            self._rows[self._row].toggle_form()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        ids = [page.id for page in self.pages_of_row()]
        if not ids:
            return
        if self._page not in ids:
            self.choose(self._row, ids[0 if by > 0 else -1])
        else:
            self.choose(self._row, ids[max(0, min(ids.index(self._page) + by, len(ids) - 1))])

    def _carry_by(self, by: int) -> None:
        ids = [page.id for page in self.pages_of_row()]
        if self._page in ids:
            place = ids.index(self._page) + 1 + by
            if 1 <= place <= len(ids):
                self.page_moved.emit(self._page, self._row, place)

    def _carry_to(self, code: str) -> None:
        if self._page:
            self.page_moved.emit(self._page, code, len(self._contents[code].pages) + 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_states()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_states()

    # -- dropping ------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _is_welcome(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self._row_at(event.position().toPoint())
        self._drop_row = row.code if row is not None else self._row
        inside = event.mimeData().hasFormat(PAGE_MIME)
        for code, each in self._rows.items():
            each.strip.show_caret(
                self._index(each, event.position().toPoint()) if inside and code == self._drop_row else None
            )
        self._show_states()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:
        at = event.position().toPoint()
        row = self._row_at(at)
        code = row.code if row is not None else self._row
        self._end_drag()
        if not code or not _is_welcome(event.mimeData()):
            return
        event.acceptProposedAction()
        if event.mimeData().hasFormat(PAGE_MIME):
            page_id = event.mimeData().data(PAGE_MIME).toStdString()
            place = self._index(self._rows[code], at)
            ids = [page.id for page in self._contents[code].pages]
            if page_id in ids and ids.index(page_id) < place:
                place -= 1  # its own place closes behind it
            self.page_moved.emit(page_id, code, place + 1)
        else:
            self.choose(code, self._page if code == self._row else "")
            self.dropped.emit(code, event.mimeData())

    def _end_drag(self) -> None:
        self._drop_row = ""
        for row in self._rows.values():
            row.strip.show_caret(None)
        self._show_states()

    def _row_at(self, at: QPoint) -> MaterialsRow | None:
        return next((row for row in self._rows.values() if row.rect().contains(row.mapFrom(self, at))), None)

    def _index(self, row: MaterialsRow, at: QPoint) -> int:
        return row.strip.index_at(row.strip.mapFrom(self, at).x())


def _is_welcome(mime: QMimeData) -> bool:
    return mime.hasUrls() or mime.hasImage() or mime.hasFormat(PAGE_MIME)
