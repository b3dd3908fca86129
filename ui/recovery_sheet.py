"""The recovery key on one sheet of paper, drawn by Qt because it exists before anything else does."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from ui.theme.fonts import FAMILIES

_DPI = 144


def recovery_pdf(key: str, account: str) -> bytes:
    """Return an A4 page with the key in its groups, the account and what the paper is for."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(20, 20, 20, 20)
        )
    )
    writer.setTitle("Jilai")
    painter = QPainter(writer)
    width = painter.viewport().width()
    top = 0.0
    lines = (
        (30, QFont.Weight.Bold, QCoreApplication.translate("RecoverySheet", "Recovery key · Jilai")),
        (
            15,
            QFont.Weight.Normal,
            QCoreApplication.translate("RecoverySheet", "Account {account} · {day}").format(
                account=account, day=f"{datetime.now().astimezone():%Y-%m-%d}"
            ),
        ),
        (34, QFont.Weight.Bold, _in_rows(key)),
        (
            15,
            QFont.Weight.Normal,
            QCoreApplication.translate(
                "RecoverySheet",
                "This key opens the machine's data when the password is forgotten. Keep it locked away from"
                " the machine. On the unlock page choose “Use the recovery key” and type it group by group.",
            ),
        ),
    )
    for size, weight, text in lines:
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPixelSize(size)
        font.setWeight(weight)
        painter.setFont(font)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        used = painter.boundingRect(QRectF(0, top, width, 2000), int(flags), text)
        painter.drawText(used, int(flags), text)
        top = used.bottom() + 36
    painter.end()
    buffer.close()
    return bytes(data.data())


def _in_rows(key: str) -> str:
    groups = key.split("-")
    return "\n".join("   ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))
