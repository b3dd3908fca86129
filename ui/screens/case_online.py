"""What only the centre can tell of a case: its online checks, and where each of the four tracks stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout

from registration.central_checks import CentralCheck, CheckResult
from registration.checklist import Payer, Track
from registration.mortgage import Mortgage
from registration.tracks import TrackState, TrackStatus
from ui.messages import language
from ui.screens.case_sections import Section
from ui.theme import Tone
from ui.widgets import Chip, Text
from ui.widgets.layouts import clear

_CHECK_TONES = {
    CheckResult.WAITING: Tone.AMBER,
    CheckResult.PASSED: Tone.PRIMARY,
    CheckResult.STOPS: Tone.SEAL,
}
_TRACK_TONES = {
    TrackState.NOT_ASKED: Tone.PLAIN,
    TrackState.WAITING: Tone.AMBER,
    TrackState.UNDER_WAY: Tone.BLUE,
    TrackState.HELD_UP: Tone.SEAL,
    TrackState.DONE: Tone.PRIMARY,
}


class _Lines(Section):
    """Names on the left, a chip on the right, a note below where there is one."""

    def show_lines(self, lines: Sequence[tuple[str, str, Tone, str]]) -> None:
        clear(self.rows)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        row = 0
        for name, state, tone, note in lines:
            grid.addWidget(Text(name, wrap=True), row, 0)
            grid.addWidget(Chip(state, tone), row, 1)
            row += 1
            if note:
                grid.addWidget(Text(note, "small", wrap=True, selectable=True), row, 0, 1, 2)
                row += 1
        self.rows.addLayout(grid)


class ChecksSection(_Lines):
    """Every check of the centre: waiting until it says otherwise, never passed by itself."""

    def show_checks(self, checks: Sequence[CentralCheck]) -> None:
        self.setVisible(bool(checks))
        waiting = sum(check.result is CheckResult.WAITING for check in checks)
        self.set_heading(
            self.tr("Online checks · %n waiting", "", waiting) if waiting else self.tr("Online checks")
        )
        order = {CheckResult.STOPS: 0, CheckResult.WAITING: 1, CheckResult.PASSED: 2}
        self.show_lines(
            [
                (check.name(language()), result_words(check.result), _CHECK_TONES[check.result], check.note)
                for check in sorted(checks, key=lambda check: order[check.result])
            ]
        )


class TracksSection(_Lines):
    """Registration, transaction, tax and fee: those that were asked for, each on its own."""

    def show_tracks(self, tracks: Sequence[TrackStatus]) -> None:
        asked = [status for status in tracks if status.state is not TrackState.NOT_ASKED]
        self.setVisible(len(asked) > 1 or any(status.state is not TrackState.WAITING for status in asked))
        self.set_heading(self.tr("One window, %n track(s)", "", len(asked)))
        self.show_lines(
            [
                (track_words(s.track), track_state_words(s.state), _TRACK_TONES[s.state], _note(s))
                for s in asked
            ]
        )


def result_words(result: CheckResult) -> str:
    """Return what the centre found, in the language of the window."""
    return {
        CheckResult.WAITING: QCoreApplication.translate("Online", "Waiting for the check"),
        CheckResult.PASSED: QCoreApplication.translate("Online", "Passed"),
        CheckResult.STOPS: QCoreApplication.translate("Online", "Stops the case"),
    }[result]


def track_words(track: Track) -> str:
    """Return a track's name in the language of the window."""
    return {
        Track.REGISTRATION: QCoreApplication.translate("Online", "Registration"),
        Track.TRANSACTION: QCoreApplication.translate("Online", "Transaction"),
        Track.TAX: QCoreApplication.translate("Online", "Tax"),
        Track.FEE: QCoreApplication.translate("Online", "Fees"),
    }[track]


def track_state_words(state: TrackState) -> str:
    """Return where a track stands, in the language of the window."""
    return {
        TrackState.NOT_ASKED: QCoreApplication.translate("Online", "Not asked for"),
        TrackState.WAITING: QCoreApplication.translate("Online", "Waiting"),
        TrackState.UNDER_WAY: QCoreApplication.translate("Online", "Under way"),
        TrackState.HELD_UP: QCoreApplication.translate("Online", "Held up"),
        TrackState.DONE: QCoreApplication.translate("Online", "Done"),
    }[state]


def mortgage_facts(mortgage: Mortgage) -> list[tuple[str, str]]:
    """Return a mortgage's facts as names and values; the rank is the centre's."""
    translate = QCoreApplication.translate
    amount = mortgage.amount
    if mortgage.maximum and amount:
        amount = translate("Online", "{amount} at most").format(amount=amount)
    ban = {"yes": translate("Online", "yes"), "no": translate("Online", "no")}.get(mortgage.transfer_ban, "")
    return [
        (translate("Online", "Secured claim, yuan"), amount),
        (translate("Online", "Term"), " — ".join(day for day in (mortgage.starts, mortgage.ends) if day)),
        (translate("Online", "Scope of security"), mortgage.scope),
        (translate("Online", "Transfer forbidden or limited"), ban),
        (translate("Online", "Taken in at"), mortgage.bank_site),
    ]


def _note(status: TrackStatus) -> str:
    owed = {
        Payer.DEVELOPER: QCoreApplication.translate("Online", "Owed by the developer"),
        Payer.BUYER: QCoreApplication.translate("Online", "Owed by the buyer"),
        Payer.NOBODY: "",
    }[status.owed_by]
    return " · ".join(part for part in (owed, status.note) if part)
