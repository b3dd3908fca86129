"""What the ready-to-go check says of the second copy."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.copy_room import CopyState, CopyStatus
from ui.messages import words
from ui.theme import Tone


def readiness_of(status: CopyStatus) -> tuple[Tone, str]:
    """Return how the second copy stands before an evening: without one, all hangs on one disk."""
    if status.state is CopyState.GOOD:
        return Tone.PRIMARY, QCoreApplication.translate("CopyWords", "Up to date, in {folder}").format(
            folder=status.folder
        )
    if status.state is CopyState.TROUBLE and status.problem is not None:
        said = words(status.problem)
        return Tone.AMBER, f"{said.title} — {said.remedy}"
    if status.state is CopyState.NONE:
        return Tone.AMBER, QCoreApplication.translate(
            "CopyWords", "None: everything is on this one disk. Devices, Copies."
        )
    if status.state is CopyState.STOPPED:
        return Tone.AMBER, QCoreApplication.translate(
            "CopyWords", "Stopped before it was whole. Devices, Copies."
        )
    return Tone.PLAIN, QCoreApplication.translate("CopyWords", "Being brought up to date…")
