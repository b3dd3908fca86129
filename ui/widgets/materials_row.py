"""One row of the checklist as a place to put papers: what is asked for, what is here, and its record."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from registration.checklist import ChecklistItem, Form, Material, Need
from registration.errors import JilaiError, Problem
from storage.values import StoredPage
from ui.messages import language, words
from ui.page_faults import names_of, open_faults
from ui.theme import Tone, look
from ui.widgets.file_problem import FileProblem
from ui.widgets.page_strip import PageStrip, Underway
from ui.widgets.segmented import Segmented
from ui.widgets.stepper import Stepper
from ui.widgets.text import Text
from ui.widgets.thumbnails import Thumbnails

_MOST_COPIES, _MOST_PAGES = 9, 99


@dataclass(frozen=True)
class RowContent:
    """Everything one row shows. `failures` are (key, file name, error), the oldest first; `said` is what its
    pages say of the entries."""

    item: ChecklistItem
    material: Material
    pages: tuple[StoredPage, ...] = ()
    problem: Problem | None = None
    underway: tuple[Underway, ...] = ()
    failures: tuple[tuple[str, str, JilaiError], ...] = field(default_factory=tuple)
    said: tuple[str, Tone | None] = ("", None)


class MaterialsRow(QWidget):
    """Shows a RowContent; the current row opens its record (原件/复印件, copies, pages) for editing."""

    pressed = Signal()
    page_chosen = Signal(str)
    page_opened = Signal()
    add_asked = Signal()
    material_changed = Signal(object)
    failure_dismissed = Signal(str)

    def __init__(self, code: str, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._content: RowContent | None = None
        self._current = self._focused = self._dropping = self._hover = False
        self._messages: dict[str, FileProblem] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 10, 16, 10)
        outer.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(0)
        self._name = Text("", "strong", elide=True)
        self._second = Text("", "small", elide=True)
        names.addStretch(1)
        names.addWidget(self._name)
        names.addWidget(self._second)
        names.addStretch(1)
        line.addLayout(names, 10)
        records = QVBoxLayout()
        records.setSpacing(0)
        self._form_words = Text("", "body", elide=True)
        self._record = Text("", "small", elide=True)
        records.addStretch(1)
        records.addWidget(self._form_words)
        records.addWidget(self._record)
        records.addStretch(1)
        line.addLayout(records, 6)
        self.strip = PageStrip(thumbnails)
        line.addWidget(self.strip, 11)
        outer.addLayout(line)
        self._editing = QWidget()
        edit = QHBoxLayout(self._editing)
        edit.setContentsMargins(0, 0, 0, 2)
        edit.setSpacing(20)
        self.form = Segmented()
        self.form.setFixedHeight(look().px(36))
        self.copies = Stepper(1, _MOST_COPIES)
        self.declared = Stepper(0, _MOST_PAGES)
        for editor in (self.form, self.copies, self.declared):
            edit.addWidget(editor)
        edit.addStretch(1)
        self._editing.hide()
        outer.addWidget(self._editing)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(6)
        outer.addLayout(self._problems)
        self.strip.page_chosen.connect(self.page_chosen)
        self.strip.page_opened.connect(self.page_opened)
        self.strip.add_asked.connect(self.add_asked)
        self.form.chosen.connect(lambda _: self._changed())
        self.copies.changed.connect(lambda _: self._changed())
        self.declared.changed.connect(lambda _: self._changed())
        self.retranslate()

    # -- what is shown -------------------------------------------------------------------------------------

    def show_content(self, content: RowContent, current_page: str) -> None:
        self._content = content
        self.form.set_value(content.material.form.value)
        self.copies.set_value(content.material.copies)
        self.declared.set_value(content.material.declared_pages)
        self.strip.show_pages(content.pages, content.underway, current_page)
        self._say()
        self._show_failures(content.failures)

    def set_state(self, *, current: bool, focused: bool, dropping: bool) -> None:
        """`current`: the board stands on it; `focused`: with the keys; `dropping`: something hangs over."""
        if (current, focused, dropping) != (self._current, self._focused, self._dropping):
            self._current, self._focused, self._dropping = current, focused, dropping
            self._editing.setVisible(current)
            self.update()

    def messages(self) -> list[FileProblem]:
        """Return the messages shown, the oldest first."""
        return list(self._messages.values())

    def second_line(self) -> str:
        return self._second.text_whole()

    def toggle_form(self) -> None:
        """Turn 原件 into 复印件 and back."""
        if self._content is not None:
            other = Form.COPY if self._content.material.form is Form.ORIGINAL else Form.ORIGINAL
            self.form.set_value(other.value)
            self._changed()

    def retranslate(self) -> None:
        self.form.set_options(
            [(Form.ORIGINAL.value, self.tr("Original")), (Form.COPY.value, self.tr("Copy"))]
        )
        self.form.setAccessibleName(self.tr("Original or copy"))
        self.copies.set_words(self.tr("Copies"))
        self.declared.set_words(self.tr("Pages"), self.tr("as captured"))
        self._say()

    def _say(self) -> None:
        content = self._content
        if content is None:
            return
        tongue = language()
        self._name.set_text(content.item.name(tongue))
        text, tone = self._status(content, tongue)
        self._second.set_text(text)
        if self._second.property("tone") != (tone.value if tone else None):
            self._second.set_tone(tone)
        self._say_record(content)
        self.setAccessibleName(f"{content.item.name(tongue)}. {text}")

    def _status(self, content: RowContent, tongue: str) -> tuple[str, Tone | None]:
        item, problem = content.item, content.problem
        if content.underway:
            work = content.underway[0]
            waiting = len(content.underway) - 1
            text = self.tr("Adding {file}").format(file=work.name)
            if work.total > 1:
                text += " · " + self.tr("page {done} of {total}").format(done=work.done, total=work.total)
            if waiting:
                text += " · " + self.tr("%n file(s) waiting", "", waiting)
            return text, Tone.PRIMARY
        if problem is not None and problem.code == "material_missing":
            return self.tr("Still missing") + (
                f" · {item.hint(tongue)}" if item.hint(tongue) else ""
            ), Tone.SEAL
        if problem is not None:
            return words(problem).what, Tone.AMBER
        if content.said[1] is Tone.AMBER:
            return content.said
        for page in content.pages:
            if faults := open_faults(page):
                said = self.tr("Page {number}: {faults} · T again, K keeps it")
                text = said.format(number=page.ordinal, faults=names_of(faults))
                return text, next(iter(faults.values()))
        if content.said[0]:
            return content.said
        if not content.pages and item.need is Need.SHARED:
            return item.hint(tongue) or self.tr("Shared data"), Tone.BLUE
        if not content.pages and item.need is Need.CONDITIONAL:
            return self.tr("Only if needed") + (f" · {item.hint(tongue)}" if item.hint(tongue) else ""), None
        return item.hint(tongue) or " ", None

    def _say_record(self, content: RowContent) -> None:
        material = content.material
        self._record.setVisible(bool(content.pages))
        if not content.pages:
            self._form_words.set_text("—")
            return
        original = material.form is Form.ORIGINAL
        self._form_words.set_text(self.tr("Original") if original else self.tr("Copy"))
        pages = material.declared_pages or len(content.pages)
        counts = (self.tr("%n copy(ies)", "", material.copies), self.tr("%n page(s)", "", pages))
        self._record.set_text(" · ".join(counts))

    def _show_failures(self, failures: tuple[tuple[str, str, JilaiError], ...]) -> None:
        wanted = {key for key, _, _ in failures}
        for key in [key for key in self._messages if key not in wanted]:
            gone = self._messages.pop(key)
            self._problems.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, name, error in failures:
            if key not in self._messages:
                message = FileProblem(name, error)
                message.dismissed.connect(lambda key=key: self.failure_dismissed.emit(key))
                self._messages[key] = message
                self._problems.addWidget(message)

    # -- editing -------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self._content is not None:
            form = Form(self.form.value())
            new = Material(self.code, form, self.copies.value(), self.declared.value())
            if new != self._content.material:
                self.material_changed.emit(new)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.form.setFixedHeight(look().px(36))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, rect = look(), QRectF(self.rect())
        if self._current or self._dropping:
            painter.fillRect(rect, t.color("primary_soft"))
        elif self._hover:
            painter.fillRect(rect, t.color("raised"))
        painter.setPen(QPen(t.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self._focused:
            painter.fillRect(QRectF(0, 0, 3, rect.height()), t.color("primary"))
        if self._dropping:
            pen = QPen(t.color("primary"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(5, 4, -5, -5), 8, 8)
        painter.end()
