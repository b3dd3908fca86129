"""The resident's screen as one widget, wherever it stands: on a second display or on the turned laptop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from registration.rating import RatingScale
from ui.messages import language
from ui.resident.entered import Line
from ui.resident.rating_view import RatingView
from ui.resident.spoken import spoken
from ui.resident.views import EnteredView, MessageView, SigningView
from ui.resident.voice import Voice


class ResidentFace(QWidget):
    """`welcome`, `show_entered`, `show_place`, `ask_rating`, `thank` in; what the resident does out.

    `confirmed()`: the facts in view are right. `signed(entry, strokes)`, `rated(level, reasons)`,
    `declined()`. The buttons that read aloud are there once a voice was found.
    """

    confirmed = Signal()
    signed = Signal(str, object)
    rated = Signal(str, object)
    declined = Signal()

    def __init__(self, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._voice = voice
        self._place = self._below = ""
        self._pile = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pile)
        self.message, self.entered = MessageView(), EnteredView()
        self.signing, self.rating = SigningView(), RatingView()
        for view in (self.message, self.entered, self.signing, self.rating):
            self._pile.addWidget(view)
        self.entered.confirmed.connect(self.confirmed)
        self.entered.reading_wanted.connect(lambda: self._aloud(self.entered.words()))
        self.signing.signed.connect(lambda strokes: self.signed.emit(self.signing.entry(), strokes))
        self.signing.reading_wanted.connect(lambda: self._aloud(self.signing.words(), "zh"))
        self.rating.rated.connect(self.rated)
        self.rating.declined.connect(self.declined)
        voice.speaking_changed.connect(self._say_reading)
        voice.languages_found.connect(self._offer_voice)
        self._offer_voice()
        self._thanked = False
        self.welcome()

    def welcome(self, place: str = "", below: str = "") -> None:
        """Show where one is; nothing of anybody."""
        self._place, self._below, self._thanked = place, below, False
        self.message.show_words(place or self.tr("Welcome"), below)
        self._turn(self.message)

    def show_entered(self, lines: Sequence[Line], *, asked: bool = False, confirmed: bool = False) -> None:
        """Show what is entered so far."""
        self.entered.show_lines(lines, asked=asked, confirmed=confirmed)
        self._turn(self.entered)

    def show_place(self, entry: str, title: str, text: str, who: str) -> None:
        """Lay a document before a signer; its text is Chinese in every language of the window."""
        self.signing.show_place(entry, title, text, who)
        self._turn(self.signing)

    def ask_rating(self, scale: RatingScale) -> None:
        self.rating.ask(scale, language())
        self._turn(self.rating)

    def thank(self) -> None:
        self._thanked = True
        self.message.show_words(self.tr("Thank you"), self.tr("Please keep your receipt."))
        self._turn(self.message)

    def idle(self) -> bool:
        """Say whether there is nothing in view but a welcome."""
        return self._pile.currentWidget() is self.message and not self._thanked

    def asks(self) -> bool:
        """Say whether a rating is being asked for."""
        return self._pile.currentWidget() is self.rating

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._voice.prepare()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for view in (self.entered, self.signing, self.rating):
                view.retranslate()
            self._offer_voice()
            if self._thanked:
                self.thank()
            elif self._pile.currentWidget() is self.message:
                self.welcome(self._place, self._below)
        super().changeEvent(event)

    def _turn(self, view: QWidget) -> None:
        if self._pile.currentWidget() is not view:
            self._voice.stop()
            self._pile.setCurrentWidget(view)

    def _aloud(self, words: str, tongue: str = "") -> None:
        """Read aloud, or stop reading; numbers only by their last four signs, for others hear it too."""
        if self._voice.speaking():
            self._voice.stop()
            return
        tongue = tongue or language()
        self._voice.say(spoken(words, tongue), tongue)

    def _offer_voice(self) -> None:
        self.entered.aloud_button.setVisible(self._voice.can_speak(language()))
        self.signing.aloud_button.setVisible(self._voice.can_speak("zh"))

    def _say_reading(self, on: bool) -> None:
        words = self.tr("Stop reading") if on else self.tr("Read aloud")
        for button in (self.entered.aloud_button, self.signing.aloud_button):
            button.set_text(words)
