"""What is wrong with a page, why, and what to do: take it again, or keep it all the same."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storage.values import StoredPage
from ui.page_faults import fault_words, kept_words, open_faults
from ui.theme import Tone
from ui.widgets.buttons import QuietButton
from ui.widgets.text import Text


class PageFaults(QWidget):
    """Hidden for a page without faults; a kept one says who kept it, when and in spite of what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.words = Text("", "small", wrap=True)
        column.addWidget(self.words)
        self._choice = QWidget()
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.retake = QuietButton("", "T", "camera")
        self.keep = QuietButton("", "K", "check")
        for button in (self.retake, self.keep):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self._choice)
        self._page: StoredPage | None = None
        self.hide()

    def show_page(self, page: StoredPage | None) -> None:
        self._page = page
        faults = open_faults(page) if page is not None else {}
        if page is None or (not faults and not page.kept):
            self.hide()
            return
        if faults:
            worst = fault_words(next(iter(faults)))
            self.words.set_text(f"{worst.what}{'' if worst.what.endswith('。') else ' '}{worst.remedy}")
            self._tone(next(iter(faults.values())))
        else:
            self.words.set_text(kept_words(page))
            self._tone(None)
        self._choice.setVisible(bool(faults))
        self.show()

    def retranslate(self) -> None:
        self.retake.set_text(self.tr("Take again"))
        self.keep.set_text(self.tr("Keep it anyway"))
        self.show_page(self._page)

    def _tone(self, tone: Tone | None) -> None:
        if self.words.property("tone") != (tone.value if tone else None):
            self.words.set_tone(tone)
