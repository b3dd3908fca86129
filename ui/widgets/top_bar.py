"""The bar across the top: where and when this session is, who is on duty, the link, the lock."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from registration.session import Session
from sync.status import PagesHeld, Phase, SyncStatus
from ui.theme import Tone, look, paint_icon
from ui.widgets.key_hint import key_size, paint_key
from ui.widgets.text import Text


def link_words(status: SyncStatus | None) -> tuple[str, Tone, str]:
    """Return what the link's pill says, its tone and its icon."""
    phase = status.phase if status is not None else Phase.CONNECTING
    words = {
        Phase.UNENROLLED: QCoreApplication.translate("LinkPill", "Not enrolled yet"),
        Phase.CONNECTING: QCoreApplication.translate("LinkPill", "Connecting…"),
        Phase.CONNECTED: QCoreApplication.translate("LinkPill", "Connected"),
        Phase.SENDING: QCoreApplication.translate("LinkPill", "Connected"),
        Phase.OFFLINE: QCoreApplication.translate("LinkPill", "Offline"),
        Phase.CLOCK_WRONG: QCoreApplication.translate("LinkPill", "This clock is wrong"),
        Phase.REFUSED: QCoreApplication.translate("LinkPill", "Refused by the centre"),
        Phase.PAUSED: QCoreApplication.translate("LinkPill", "Paused"),
    }[phase]
    tone, icon = _LINK_LOOK[phase]
    if status is not None and status.in_contact and status.pages_held is not PagesHeld.NO:
        words = QCoreApplication.translate("LinkPill", "Pages held back")
        tone = Tone.AMBER
    if status is not None and phase is Phase.SENDING:
        words += "  " + QCoreApplication.translate("LinkPill", "sending {n}").format(n=status.sending)
    elif status is not None and status.waiting:
        words += "  " + QCoreApplication.translate("LinkPill", "{n} waiting").format(n=status.waiting)
    return words, tone, icon


_LINK_LOOK = {
    Phase.UNENROLLED: (Tone.AMBER, "cloud-off"),
    Phase.CONNECTING: (Tone.PLAIN, "cloud"),
    Phase.CONNECTED: (Tone.PRIMARY, "cloud"),
    Phase.SENDING: (Tone.PRIMARY, "cloud-upload"),
    Phase.OFFLINE: (Tone.AMBER, "cloud-off"),
    Phase.CLOCK_WRONG: (Tone.SEAL, "clock"),
    Phase.REFUSED: (Tone.SEAL, "circle-alert"),
    Phase.PAUSED: (Tone.AMBER, "cloud-off"),
}


class Pill(QAbstractButton):
    """A rounded button of the bar: icon, words, perhaps a key."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._icon, self._tone = key, "", Tone.PLAIN
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_pill(self, text: str, tone: Tone, icon: str) -> None:
        self._icon, self._tone = icon, tone
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def tone(self) -> Tone:
        return self._tone

    def sizeHint(self) -> QSize:
        t = look()
        width = QFontMetricsF(self._font()).horizontalAdvance(self.text()) + t.px(52)
        if self._key:
            width += key_size(self._key).width() + t.px(8)
        return QSize(round(width), t.px(34))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, rect = look(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = t.color("primary") if self.hasFocus() else t.color("edge")
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        if not (self.hasFocus() or self.underMouse()):
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.soft(self._tone))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        side, middle = t.px(16), rect.center().y()
        x = t.px(14)
        paint_icon(painter, QRectF(x, middle - side / 2, side, side), self._icon, t.ink(self._tone), stroke=2)
        x += side + t.px(8)
        metrics = QFontMetricsF(self._font())
        painter.setFont(self._font())
        painter.setPen(t.ink(self._tone))
        width = metrics.horizontalAdvance(self.text())
        painter.drawText(QRectF(x, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key:
            size = key_size(self._key)
            at = QRectF(x + width + t.px(8), middle - size.height() / 2, size.width(), size.height())
            paint_key(painter, at, self._key, t.ink(self._tone))
        painter.end()

    def _font(self) -> QFont:
        return look().font(13.5, QFont.Weight.Medium)


class TopBar(QFrame):
    """`set_session`, `set_operator`, `set_status`, `set_battery` in; what was pressed out.

    The battery stands here while it is what the machine lives on.
    """

    link_pressed = Signal()
    lock_pressed = Signal()
    battery_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self._session: Session | None = None
        self._operator = ""
        self._status: SyncStatus | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 20, 0)
        row.setSpacing(14)
        self._brand = Text("", "brand")
        self._brand.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._brand)
        self._place = Text("", "strong")
        self._rest = Text("", "muted", elide=True)
        row.addWidget(self._place)
        row.addWidget(self._rest, 1)
        self._battery = Pill()
        self._battery.clicked.connect(self.battery_pressed)
        self._battery.hide()
        self._percent: int | None = None
        self._saving = False
        row.addWidget(self._battery)
        self._link = Pill()
        self._link.clicked.connect(self.link_pressed)
        row.addWidget(self._link)
        self._lock = Pill("F12")
        self._lock.clicked.connect(self.lock_pressed)
        row.addWidget(self._lock)
        self.retranslate()

    def set_session(self, session: Session | None) -> None:
        self._session = session
        self.retranslate()

    def set_operator(self, name: str) -> None:
        self._operator = name
        self.retranslate()

    def set_status(self, status: SyncStatus) -> None:
        self._status = status
        self._link.set_pill(*link_words(status))

    def set_battery(self, percent: int | None, *, saving: bool = False) -> None:
        """Show the charge of a machine on its battery (None: it is not), and whether it is saved."""
        self._battery.setVisible(percent is not None or saving)
        self._percent, self._saving = percent, saving
        self._say_battery()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._size()
        super().changeEvent(event)

    def retranslate(self) -> None:
        self._size()
        self._brand.set_text(self.tr("Jilai"))
        session = self._session
        if session is None:
            self._place.set_text(self.tr("No session open"))
            rest = [self.tr("Operator {name}").format(name=self._operator)]
        else:
            self._place.set_text(" · ".join(filter(None, (session.compound_name, session.title))))
            hours = f"{session.starts}–{session.ends}" if session.starts and session.ends else session.starts
            rest = [
                hours,
                self.tr("Operator {name}").format(name=self._operator),
                self.tr("Helper {name}").format(name=session.helper_name) if session.helper_name else "",
            ]
        self._rest.set_text("   ".join(filter(None, rest)))
        self._link.set_pill(*link_words(self._status))
        self._lock.set_pill(self.tr("Lock"), Tone.PLAIN, "lock")
        self._say_battery()

    def _say_battery(self) -> None:
        percent = 100 if self._percent is None else self._percent
        tone = Tone.SEAL if percent <= 10 else Tone.AMBER if percent <= 20 else Tone.PLAIN
        said = self.tr("Battery {percent} %")
        if self._saving:
            said = self.tr("Saving battery") if self._percent is None else self.tr("{percent} %, saving")
        said = said.format(percent=percent)
        self._battery.set_pill(said, tone, "battery-low")

    def _size(self) -> None:
        self.setFixedHeight(look().px(56))
        self._brand.setFixedWidth(look().px(76))
