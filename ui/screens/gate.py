"""The page before the vault is open: who we are on the left, a form on the right, language and look below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.settings import Settings
from ui.theme import ThemeName, Tone, look, pixmap
from ui.widgets import IconButton, Screen, ScrollArea, Segmented, Text

_FORM_WIDTH = 484


class _Fact(QWidget):
    """An icon and a line of words."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._picture = QLabel()
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self.words = Text("", "body", wrap=True)
        row.addWidget(self.words, 1)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        self._picture.setPixmap(pixmap(self._icon, look().color("primary"), look().px(20)))


class _Mark(QWidget):
    """The mark of the product: a window with its sill, in lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(64, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = look()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("primary"))
        painter.drawRoundedRect(QRectF(0, 0, 64, 64), 16, 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(t.color("on_primary"), 3.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawRoundedRect(QRectF(18, 14, 28, 28), 5, 5)
        painter.drawLine(32, 14, 32, 42)
        painter.drawLine(12, 50, 52, 50)
        painter.end()


class PasswordEdit(QLineEdit):
    """A password field with an eye to look at what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoAutoUppercase)
        self._eye = IconButton("eye", "", self)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.clicked.connect(self._turn)
        self.setTextMargins(0, 0, look().px(30), 0)

    def set_eye_words(self, text: str) -> None:
        self._eye.set_text(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._eye.sizeHint()
        self._eye.setGeometry(
            self.width() - side.width() - 4, (self.height() - side.height()) // 2, side.width(), side.height()
        )

    def _turn(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if hidden else "eye")


class Steps(QStackedWidget):
    """Pages of a form, as tall as the page in view and no taller."""

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()


class Gate(Screen):
    """Put the form into `form`; its width is fixed so that nothing jumps between steps."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 20)
        scroll = ScrollArea()
        scroll.column.setContentsMargins(0, 20, 0, 20)
        outer.addWidget(scroll, 1)
        scroll.column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(self._build_side())
        middle.addSpacing(72)
        holder = QFrame()
        holder.setObjectName("Card")
        holder.setFixedWidth(look().px(_FORM_WIDTH))
        self._holder = holder
        self.form = QVBoxLayout(holder)
        self.form.setContentsMargins(32, 28, 32, 24)
        self.form.setSpacing(10)
        middle.addWidget(holder, 0, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        scroll.column.addLayout(middle)
        scroll.column.addStretch(3)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.addStretch(1)
        self._language = Segmented([("zh", "中文"), ("en", "English")])
        self._language.chosen.connect(lambda value: settings.change(language=value))
        self._theme = Segmented()
        self._theme.chosen.connect(lambda value: settings.change(theme=ThemeName(value)))
        foot.addWidget(self._language)
        foot.addSpacing(12)
        foot.addWidget(self._theme)
        foot.addStretch(1)
        outer.addLayout(foot)
        settings.changed.connect(self._show_preferences)
        self._show_preferences()

    def retranslate(self) -> None:
        self._tagline.set_text(self.tr("The registration window that comes to the household"))
        for fact, words in zip(
            self._facts,
            (
                self.tr("Takes cases with no network; they go to the centre by themselves later."),
                self.tr("Everything on this machine is encrypted; only your password opens it."),
                self.tr("Each case shows whether the centre holds it, with its signature."),
            ),
            strict=True,
        ):
            fact.words.set_text(words)
        self._theme.set_options(
            [
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ]
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._holder.setFixedWidth(look().px(_FORM_WIDTH))
            self._side.setFixedWidth(look().px(340))
        super().changeEvent(event)

    def _build_side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(_Mark())
        column.addSpacing(6)
        name = Text("即来 Jilai", "plate")
        name.set_tone(Tone.PRIMARY)
        column.addWidget(name)
        self._side = QWidget()
        self._side.setFixedWidth(look().px(340))
        inner = QVBoxLayout(self._side)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(16)
        self._tagline = Text("", "heading", wrap=True)
        inner.addWidget(self._tagline)
        inner.addSpacing(8)
        self._facts = [_Fact("cloud-off"), _Fact("shield-check"), _Fact("circle-check")]
        for fact in self._facts:
            inner.addWidget(fact)
        column.addWidget(self._side)
        column.addStretch(1)
        return column

    def _show_preferences(self) -> None:
        self._language.set_value(self._settings.value.language)
        self._theme.set_value(self._settings.value.theme.value)
