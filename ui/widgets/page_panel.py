"""One page large: the original with its corners, the copy that is stored, and what the quality gate says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from storage.values import StoredPage
from ui.page_faults import fault_words, faults_of, kept_reasons
from ui.theme import Tone, look
from ui.widgets.buttons import IconButton, QuietButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.crop_editor import CropEditor
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_faults_box import PageFaults
from ui.widgets.text import Text

_SIDE_BY_SIDE = 620  # px: from here on original and copy stand beside each other


class PagePanel(Card):
    """Shows a page and lets the hand mend its cut.

    `corners_dropped(Quad)`, `turned(±90)`, `whole_asked`, `remove_asked`, `enlarged(bool)`; `keep_asked` is
    the override of the quality gate, `retake_asked` the wish for another picture in this one's place,
    `guess_taken` the consent to the row that a page seems to belong to.
    """

    corners_dropped = Signal(object)
    turned = Signal(int)
    whole_asked = Signal()
    remove_asked = Signal()
    enlarged = Signal(bool)
    keep_asked = Signal()
    retake_asked = Signal()
    guess_taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=12, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._page: StoredPage | None = None
        self._large = self._short = False
        self.editor = CropEditor()
        self.stored = _StoredView()
        self._pile = QStackedWidget()
        self.body.addWidget(self._pile, 1)
        self._empty = EmptyState("image")
        self._pile.addWidget(self._empty)
        shown = QWidget()
        self._pile.addWidget(shown)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(10)
        self._pair.addWidget(self.editor, 5)
        self._pair.addWidget(self.stored, 4)
        column.addLayout(self._pair, 1)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._made: list[Chip] = []
        self._facts = Text("", "small", elide=True)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._chips.addWidget(self._facts, 1)
        column.addLayout(self._chips)
        self.faults = PageFaults()
        column.addWidget(self.faults)
        self.guess = QuietButton("", "G", "chevron-right")
        self.guess.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.guess.clicked.connect(self.guess_taken)
        column.addWidget(self.guess, 0, Qt.AlignmentFlag.AlignLeft)
        self._guess_for: Callable[[StoredPage], str] | None = None
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        self.left = IconButton("rotate-ccw")
        self.right = IconButton("rotate-cw")
        self.whole = IconButton("image")
        self.remove = IconButton("trash-2")
        self.enlarge = IconButton("maximize-2")
        for button in (self.left, self.right, self.whole, self.enlarge):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        column.addLayout(buttons)
        self.editor.corners_dropped.connect(self.corners_dropped)
        self.left.clicked.connect(lambda: self.turned.emit(-90))
        self.right.clicked.connect(lambda: self.turned.emit(90))
        self.whole.clicked.connect(self.whole_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.enlarge.clicked.connect(lambda: self.set_large(not self._large))
        self.faults.keep.clicked.connect(self.keep_asked)
        self.faults.retake.clicked.connect(self.retake_asked)
        self.retranslate()
        self.show_nothing()

    # -- what is shown -------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No page is chosen."""
        self._page = None
        self._pile.setCurrentIndex(0)
        self._say()

    def show_waiting(self, page: StoredPage) -> None:
        """A page is chosen, its pictures are on their way."""
        if self._page is None or self._page.id != page.id:
            self.editor.show_words(self.tr("Opening the page…"))
            self.stored.show_picture(QImage(), "")
        self._pile.setCurrentIndex(1)
        self._page = page
        self._say()

    def show_page(self, page: StoredPage, original: QImage, size: tuple[int, int], stored: QImage) -> None:
        self._page = page
        first, second, third, fourth = page.corners
        self.editor.show_page(original, size, (first, second, third, fourth))
        self.stored.show_picture(stored, "")
        self._say()

    def show_cutting(self) -> None:
        """The page is being squared anew."""
        self.stored.show_busy(self.tr("Squaring…"))

    def set_guess(self, words_for: Callable[[StoredPage], str]) -> None:
        """Give the words by which a page is offered another row ("" for none)."""
        self._guess_for = words_for

    def page(self) -> StoredPage | None:
        return self._page

    def large(self) -> bool:
        return self._large

    def set_large(self, on: bool) -> None:
        """Ask for the whole width, or give it back."""
        if on != self._large:
            self._large = on
            self.set_short(self._short)
            self._name_buttons()
            self.enlarged.emit(on)

    def set_short(self, on: bool) -> None:
        """Leave room for something that waits below: the stored copy is seen again when it is enlarged."""
        self._short = on
        self.stored.setVisible(self._large or not on)

    def retranslate(self) -> None:
        self.editor.setAccessibleName(self.tr("Page corners on the original photograph"))
        self._name_buttons()
        self.faults.retranslate()
        self._empty.set_words(
            self.tr("No page chosen"),
            self.tr("Drop files on a row, paste a picture, or press Enter. Each page then appears here."),
        )
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(_SIDE_BY_SIDE)
        self._pair.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _name_buttons(self) -> None:
        self.left.set_text(self.tr("Turn left (L)"))
        self.right.set_text(self.tr("Turn right (R)"))
        self.whole.set_text(self.tr("Take the whole picture (W)"))
        self.remove.set_text(self.tr("Remove this page (Delete)"))
        self.enlarge.set_text(self.tr("Show the list again (Z)") if self._large else self.tr("Enlarge (Z)"))

    def _say(self) -> None:
        for chip in self._made:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._made = []
        page = self._page
        for button in (self.left, self.right, self.whole, self.remove, self.enlarge):
            button.setEnabled(page is not None)
        self._facts.set_text("")
        self.faults.show_page(page)
        offered = self._guess_for(page) if page is not None and self._guess_for is not None else ""
        self.guess.set_text(offered)
        self.guess.setVisible(bool(offered))
        if page is None:
            return
        found = faults_of(page)
        chips = self.finding_chips(page)
        for kind, words in (
            ("blurred", self.tr("Sharp")),
            ("glare", self.tr("No glare")),
            ("page_not_found", self.tr("All corners")),
        ):
            if kind not in found and not (kind == "page_not_found" and "corner_cut_off" in found):
                chips.append((words, Tone.PRIMARY))
        if page.marked:
            chips.insert(0, (self.tr("Watermark"), Tone.BLUE))
        for place, (words, tone) in enumerate(chips[: 3 if found else 4]):
            icons = {Tone.PRIMARY: "", Tone.BLUE: "", Tone.PLAIN: "check"}
            chip = Chip(words, tone, icons.get(tone, "triangle-alert"))
            self._made.append(chip)
            self._chips.insertWidget(place, chip)
        self._facts.set_text(f"{page.width}×{page.height}")

    def finding_chips(self, page: StoredPage) -> list[tuple[str, Tone]]:
        """Return what the gate found on a page in short words, the gravest first."""
        kept = kept_reasons(page)
        return [
            (fault_words(kind).title, Tone.PLAIN if kind in kept else tone)
            for kind, tone in faults_of(page).items()
        ]


class _StoredView(QWidget):
    """The copy that is stored, fitted into the room it has."""

    def __init__(self) -> None:
        super().__init__()
        self._picture, self._scaled = QImage(), QPixmap()
        self._words = ""
        self.setMinimumSize(120, 90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(374, 90)

    def show_picture(self, picture: QImage, words: str) -> None:
        self._picture, self._scaled, self._words = picture, QPixmap(), words
        self.update()

    def show_busy(self, words: str) -> None:
        self._words = words
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scaled = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if not self._picture.isNull():
            self._paint_picture(painter)
        if self._words:
            painter.setPen(t.color("muted" if self._picture.isNull() else "primary"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        room = (self.size() - QSize(20, 20)) * ratio
        if self._scaled.isNull():
            fitted = self._picture.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._scaled = QPixmap.fromImage(fitted)
            self._scaled.setDevicePixelRatio(ratio)
        size = self._scaled.deviceIndependentSize()
        at = QRectF(
            (self.width() - size.width()) / 2,
            (self.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )
        painter.setOpacity(0.35 if self._words else 1.0)
        painter.drawPixmap(at.topLeft(), self._scaled)
        painter.setOpacity(1.0)
        painter.setPen(QPen(look().color("edge"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(at)
