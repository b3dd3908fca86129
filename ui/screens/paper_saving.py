"""A paper into a file instead of to a printer: asked where, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QIODevice, QSaveFile, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from registration.errors import MachineError


def ask_where(parent: QWidget, title: str, proposed: str, save: Callable[[str], None]) -> None:
    """Ask where a PDF goes; `proposed` is a number, which says nothing of a person."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(["PDF (*.pdf)"])
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(f"{proposed}.pdf")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(save)
    dialog.open()


def write_whole(name: str, pdf: bytes) -> None:
    """Write a file; MachineError save_failed where it cannot be, and then there is no part of it."""
    file = QSaveFile(name)
    if not (
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        and file.write(QByteArray(pdf)) == len(pdf)
        and file.commit()
    ):
        raise MachineError("save_failed")
