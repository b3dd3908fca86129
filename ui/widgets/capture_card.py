"""What can be set about capture: a scanner's address, a folder, a pedal, the watermark; and the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QKeySequenceEdit, QLineEdit, QWidget

from ui.widgets.buttons import SecondaryButton
from ui.widgets.card import Card
from ui.widgets.check import Check
from ui.widgets.field import Field

if TYPE_CHECKING:
    from ui.services import Services

_PORTABLE = QKeySequence.SequenceFormat.PortableText


class CaptureCard(Card):
    """Cameras, scanners and readers are found by themselves; this is for what cannot be found."""

    ready_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._settings = services.settings
        self.address, self.folder = QLineEdit(), QLineEdit()
        self.address.setMaxLength(200)
        self._address_field, self._folder_field = Field("", self.address), Field("", self.folder)
        self.address.editingFinished.connect(
            lambda: self._settings.change(scanner_address=self.address.text().strip())
        )
        self.folder.editingFinished.connect(
            lambda: self._settings.change(watched_folder=self.folder.text().strip())
        )
        self.pedal = QKeySequenceEdit()
        self.pedal.setMaximumSequenceLength(1)
        self.pedal.setClearButtonEnabled(True)
        self._pedal_field = Field("", self.pedal)
        self.pedal.editingFinished.connect(self._keep_pedal)
        self.pedal.keySequenceChanged.connect(lambda _: self._name_pedal())
        self.watermark = Check("")
        self.watermark.toggled.connect(lambda on: self._settings.change(watermark_copies=on))
        self._choose = SecondaryButton("")
        self._choose.clicked.connect(self._ask_folder)
        self._ready = SecondaryButton("", icon="shield-check")
        self._ready.clicked.connect(self.ready_wanted)
        self.body.addWidget(self._address_field)
        self.body.addWidget(self._folder_field)
        self.body.addWidget(self._pedal_field)
        self.body.addWidget(self.watermark)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addWidget(self._ready)
        row.addStretch(1)
        self.body.addLayout(row)
        self.address.setText(self._settings.value.scanner_address)
        self.folder.setText(self._settings.value.watched_folder)
        self.pedal.setKeySequence(QKeySequence.fromString(self._settings.value.pedal_key, _PORTABLE))
        self.watermark.setChecked(self._settings.value.watermark_copies)

    def retranslate(self) -> None:
        self.set_title(self.tr("Cameras, scanners, card reader"))
        self._address_field.set_label(self.tr("Address of a network scanner"))
        self._address_field.set_hint(self.tr("Only where it is not found by itself"))
        self._folder_field.set_label(self.tr("Watched folder"))
        self._folder_field.set_hint(
            self.tr("New files in it become pages of the row in hand, and are removed once stored")
        )
        self._pedal_field.set_label(self.tr("Foot pedal"))
        self._pedal_field.set_hint(self.tr("Press it here once; it then photographs as Space does"))
        self._name_pedal()
        self.watermark.setText(self.tr("Put a watermark on pages of a copy"))
        self._choose.set_text(self.tr("Choose folder…"))
        self._ready.set_text(self.tr("Ready to go?"))

    def _name_pedal(self) -> None:
        """Qt's own editor inside has no name, and each change gives it Qt's own words, in English."""
        editor = self.pedal.findChild(QLineEdit)
        if editor is not None:
            editor.setAccessibleName(self.tr("Foot pedal"))
            editor.setPlaceholderText(self.tr("No key"))

    def _keep_pedal(self) -> None:
        self._settings.change(pedal_key=self.pedal.keySequence().toString(_PORTABLE))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Watched folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._folder_chosen)
        dialog.open()

    def _folder_chosen(self, folder: str) -> None:
        self.folder.setText(folder)
        self._settings.change(watched_folder=folder)
