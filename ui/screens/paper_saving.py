"""A paper or a table into a file: asked where, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QIODevice, QSaveFile, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from registration.errors import MachineError


def ask_where(
    parent: QWidget, title: str, proposed: str, save: Callable[[str], None], *, kind: str = "pdf"
) -> None:
    """Ask where a file of a kind goes; `proposed` is a number or a title, which says nothing of a person."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{kind.upper()} (*.{kind})"])
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(f"{proposed}.{kind}")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(save)
    dialog.open()


def write_whole(name: str, data: bytes) -> None:
    """Write a file; MachineError save_failed where it cannot be, and then there is no part of it."""
    file = QSaveFile(name)
    if not (
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        and file.write(QByteArray(data)) == len(data)
        and file.commit()
    ):
        raise MachineError("save_failed")
