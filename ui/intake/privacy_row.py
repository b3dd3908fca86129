"""The line that says whether the applicants were told about their data; one key records it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.documents import PartyKind
from registration.privacy_notice import privacy_notice
from storage.privacy import NoticeGiven, give_notice, notice_given
from ui.intake.case import IntakeCase
from ui.moments import full_time
from ui.run import read_aside, run
from ui.services import Services
from ui.theme import Tone
from ui.widgets import SecondaryButton, Text


class PrivacyRow(QWidget):
    """`give` records it and `read` asks the page to show the words; the record is the audit log's."""

    read = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._case: IntakeCase | None = None
        self._given: NoticeGiven | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.state = Text("", "muted", wrap=True)
        self.button = SecondaryButton("", "N", "check")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.give)
        row.addWidget(self.state, 1)
        row.addWidget(self.button)
        self.retranslate()

    def bind(self, case: IntakeCase) -> None:
        """Show another case's record."""
        self._case, self._given = case, None
        self.reload()

    def reload(self) -> None:
        """Read the record anew."""
        if self._case is not None:
            case_id = self._case.id
            read_aside(self, self._services, lambda db: notice_given(db, case_id), self._show_given)

    def give(self) -> None:
        """The applicants have read or heard the notice, and agreed: record it, with the words in view."""
        case, notice, services = self._case, privacy_notice(), self._services
        if case is None:
            return
        english = services.settings.value.language == "en"
        self.read.emit(notice.en if english else notice.zh)
        who, now, case_id, people = services.who, services.clock(), case.id, self._people()
        case.when_stored(
            lambda: run(
                self,
                services,
                lambda db: give_notice(db, who, now, case_id, notice, people),
                lambda _: self.reload(),
            )
        )

    def retranslate(self) -> None:
        """Say it in the language in force."""
        self.button.set_text(self.tr("Privacy notice given"))
        self._show()

    def _people(self) -> int:
        parties = self._case.application.parties if self._case is not None else ()
        return sum(party.kind is PartyKind.NATURAL for party in parties)

    def _show_given(self, given: NoticeGiven | None) -> None:
        self._given = given
        self._show()

    def _show(self) -> None:
        given = self._given
        if given is None:
            self.state.set_text(self.tr("Privacy notice: not given yet. N shows it and records that it was."))
            self.state.set_tone(Tone.AMBER)
        elif given.applicants < self._people():
            self.state.set_text(self.tr("Privacy notice: somebody has joined since it was given."))
            self.state.set_tone(Tone.AMBER)
        else:
            words = self.tr("Privacy notice {version}: given to %n applicant(s)", "", given.applicants)
            self.state.set_text(
                f"{words.format(version=given.version)} · {given.operator_name} · {full_time(given.at)}"
            )
            self.state.set_tone(None)
