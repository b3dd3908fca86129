"""The road to the centre, as a person steers it: how far everything is, what may travel, and how fast."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from registration.errors import InputError
from registration.link import LinkMode, LinkSettings, MeteredRule, read_limit
from storage import link
from storage.sending import SendingCounts
from sync.status import PagesHeld, Phase, SyncStatus
from ui.moments import duration, size
from ui.run import read_aside, run
from ui.services import Services
from ui.theme import Tone
from ui.widgets import (
    Card,
    Chip,
    Choice,
    Field,
    InlineProblem,
    PrimaryButton,
    SecondaryButton,
    Segmented,
    Text,
)
from ui.widgets.top_bar import link_words

_STEPS = 1000
_LONG = 24 * 3600  # seconds; beyond this a remaining time is a guess that helps nobody


class LinkPanel(Card):
    """`set_status`, `set_counts`, `reload` in; `settings_read(LinkSettings)` out.

    What a person says is kept in the store at once, and the courier follows it from there.
    """

    settings_read = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__("·", parent=parent)
        self._services = services
        self._status = services.courier.status
        self._counts = SendingCounts()
        self._settings = LinkSettings()
        self._wrong: InputError | None = None  # with the limit that was typed last
        self._pill = Chip()
        self.header.addWidget(self._pill)
        self.header.addStretch(1)
        self._again = SecondaryButton("", "T", "refresh-cw")
        self._again.clicked.connect(services.courier.wake)
        self.header.addWidget(self._again)
        self._how_far, self._speed = Text("", "strong"), Text("", "muted")
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._how_far)
        line.addWidget(self._speed, 1)
        self.body.addLayout(line)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self.body.addWidget(self._bar)
        self._problem = InlineProblem()
        self.body.addWidget(self._problem)
        self._ask = self._build_question()
        self.body.addWidget(self._ask)
        self.body.addLayout(self._build_controls())

    # -- told ------------------------------------------------------------------------------------------

    def set_status(self, status: SyncStatus) -> None:
        self._status = status
        self._show()

    def set_counts(self, counts: SendingCounts) -> None:
        self._counts = counts
        self._show()

    def reload(self) -> None:
        """Read again what a person has said of the link."""
        read_aside(self, self._services, link.link_settings, self._read)

    def settings(self) -> LinkSettings:
        return self._settings

    # -- said by a person ------------------------------------------------------------------------------

    def choose_mode(self, mode: LinkMode) -> None:
        """Let it run, keep it to facts, or pause it."""
        self._change(mode=mode)

    def turn_mode(self, mode: LinkMode) -> None:
        """Switch `mode` on, or back to running where it is on."""
        self._change(mode=LinkMode.RUNNING if self._settings.mode is mode else mode)

    def focus_limit(self) -> None:
        self._limit.setFocus()
        self._limit.selectAll()

    def limit_in_hand(self) -> bool:
        """Say whether a person is typing a limit: letters are not keys then."""
        return self._limit.hasFocus()

    def allow_pages(self) -> None:
        """Send pages over this link although it is paid by volume."""
        if self._status.pages_held is PagesHeld.METERED:
            self._services.courier.allow_metered()

    def retranslate(self) -> None:
        self.set_title(self.tr("Road to the centre"))
        self._again.set_text(self.tr("Try now"))
        self._mode.set_options(
            [
                (LinkMode.RUNNING.value, self.tr("Everything")),
                (LinkMode.FACTS_ONLY.value, self.tr("Only facts")),
                (LinkMode.PAUSED.value, self.tr("Paused")),
            ]
        )
        self._mode_label.set_text(self.tr("What may travel (P, O)"))
        self._limit_field.set_label(self.tr("Limit, kbit/s (L)"))
        self._limit.setPlaceholderText(self.tr("none"))
        self._metered_field.set_label(self.tr("Paid by volume"))
        self._fill_metered()
        self._allow.set_text(self.tr("Send pages over this link"))
        self._show()

    # -- built -----------------------------------------------------------------------------------------

    def _build_question(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self._question = Text("", "body", wrap=True)
        self._allow = PrimaryButton("", "Y")
        self._allow.clicked.connect(self.allow_pages)
        row.addWidget(self._question, 1)
        row.addWidget(self._allow)
        box.hide()
        return box

    def _build_controls(self) -> QHBoxLayout:
        self._mode_label, self._mode = Text("", "strong"), Segmented()
        self._mode.chosen.connect(lambda value: self.choose_mode(LinkMode(value)))
        mode = QVBoxLayout()
        mode.setSpacing(4)
        mode.addWidget(self._mode_label)
        mode.addWidget(self._mode)
        self._limit = QLineEdit()
        self._limit.setMaximumWidth(112)
        self._limit.editingFinished.connect(self._keep_limit)
        self._limit_field = Field("", self._limit, line=False)
        self._metered = Choice()
        self._metered.activated.connect(
            lambda _: self._change(metered=MeteredRule(self._metered.currentData()))
        )
        self._metered_field = Field("", self._metered, line=False)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(mode)
        row.addWidget(self._limit_field)
        row.addWidget(self._metered_field)
        row.addStretch(1)
        return row

    def _fill_metered(self) -> None:
        self._metered.clear()
        for rule, words in (
            (MeteredRule.DETECT, self.tr("As the system says")),
            (MeteredRule.ALWAYS, self.tr("Yes, always ask")),
            (MeteredRule.NEVER, self.tr("No, never ask")),
        ):
            self._metered.addItem(words, rule.value)
        self._metered.setCurrentIndex(max(self._metered.findData(self._settings.metered.value), 0))

    # -- shown -----------------------------------------------------------------------------------------

    def _read(self, settings: LinkSettings) -> None:
        self._settings = settings
        self._mode.set_value(settings.mode.value)
        if not self._limit.hasFocus():
            self._wrong = None
            self._limit.setText(str(settings.limit_kbit or ""))
        self._metered.setCurrentIndex(max(self._metered.findData(settings.metered.value), 0))
        self.settings_read.emit(settings)
        self._show()

    def _show(self) -> None:
        status, counts = self._status, self._counts
        self._pill.set_chip(*link_words(status))
        open_ones = counts.whole - counts.held
        if not counts.whole:
            self._how_far.set_text(self.tr("Nothing has been submitted on this machine yet"))
        elif not open_ones:
            self._how_far.set_text(self.tr("The centre holds all %n item(s)", "", counts.held))
        else:
            words = self.tr("%n item(s) not there yet", "", open_ones)
            pages = self.tr("%n page(s)", "", status.pages_waiting) if status.pages_waiting else ""
            left = size(status.bytes_waiting) if status.bytes_waiting else ""
            self._how_far.set_text(" · ".join(part for part in (words, pages, left) if part))
        self._speed.set_text(self._speed_words())
        self._bar.setVisible(bool(open_ones))
        self._bar.setValue(round(_STEPS * counts.held / counts.whole) if counts.whole else 0)
        self._show_question()
        if self._wrong is not None:
            self._problem.show_problem(self._wrong)
        elif status.problem is not None and not status.in_contact and status.phase is not Phase.PAUSED:
            waits = status.phase in (Phase.OFFLINE, Phase.CONNECTING)
            self._problem.show_problem(status.problem, tone=Tone.AMBER if waits else Tone.SEAL)
        else:
            self._problem.clear()

    def _speed_words(self) -> str:
        status = self._status
        if status.rate <= 0 or status.phase is not Phase.SENDING:
            return ""
        speed = self.tr("{size} a second").format(size=size(round(status.rate)))
        seconds = status.bytes_waiting / status.rate
        if not status.bytes_waiting or seconds > _LONG:
            return speed
        return " · ".join((speed, self.tr("about {time} left").format(time=duration(seconds))))

    def _show_question(self) -> None:
        asks = self._status.pages_held is PagesHeld.METERED and self._status.phase is not Phase.PAUSED
        self._ask.setVisible(asks)
        if asks:
            amount = size(self._status.bytes_waiting)
            self._question.set_text(
                self.tr(
                    "This link is paid by volume: facts travel, pages wait ({amount}). They may go over it"
                    " until the machine is on another link."
                ).format(amount=amount)
            )

    # -- kept ------------------------------------------------------------------------------------------

    def _keep_limit(self) -> None:
        try:
            limit = read_limit(self._limit.text())
        except InputError as error:
            self._wrong = error
            self._show()
            return
        self._wrong = None
        self._change(limit_kbit=limit)

    def _change(self, **values: Any) -> None:
        services = self._services
        who, now = services.who, services.clock()
        run(
            self,
            services,
            lambda db: link.set_link(db, now, who, **values),
            lambda _: self.reload(),
        )
