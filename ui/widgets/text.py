"""A label in one of the window's voices."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Tone

Voice = Literal["body", "muted", "small", "strong", "heading", "title", "plate", "large", "huge", "brand"]


class Text(QLabel):
    """Text("…", voice): body 14, muted, small 12.5, strong, heading 17, title 24, plate 28 px, brand;
    for the person opposite: large 22, huge 32.

    `wrap` breaks lines; `elide` shortens with … and puts the whole text in the tool tip. Plain text always:
    what people type is never read as markup.
    """

    def __init__(
        self,
        text: str = "",
        voice: Voice = "body",
        *,
        wrap: bool = False,
        elide: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._whole = text
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("voice", voice)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._whole = text
        self._show()

    def text_whole(self) -> str:
        """Return the text before eliding."""
        return self._whole

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text by what it means; None gives the voice its own colour back."""
        value = tone.value if tone else None
        if self.property("tone") == value:
            return  # polishing anew is dear, and entries say what they say on every key
        self.setProperty("tone", value)
        self.style().unpolish(self)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(24, hint.height()) if self._elide else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._show()

    def _show(self) -> None:
        if not self._elide:
            self.setText(self._whole)
            return
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
