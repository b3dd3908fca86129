"""A sheet that takes files or photos along with what is written; they are sealed before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from registration.errors import JilaiError
from registration.facts import Attachment
from ui.run import aside
from ui.screens.compound_entry import ask_file, sealed_file
from ui.screens.visit_photo import PhotoSheet
from ui.widgets import SecondaryButton, Sheet, Text

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate


class FilesSheet(Sheet):
    """A sheet with a row for files, put by `add_files_row()` where the body has come to; F7 takes a photo."""

    photographed = Signal()

    def __init__(self, host: QWidget, services: Services, title: str, *, width: int = 600) -> None:
        super().__init__(host, title, width=width)
        self._over, self._services = host, services
        self._files, self._photos = list[Path](), list[Attachment]()
        self._named, self._taken = Text("", "muted", wrap=True), Text("", "muted", wrap=True)

    def add_files_row(self, hint: str) -> None:
        """Put the buttons for a photo and a file under what is there; `hint` stands over the camera."""
        self._hint = hint
        self.photo = SecondaryButton(translate("Ledger", "Take a photo"), "F7", "camera")
        self.photo.clicked.connect(self.take_photo)
        self.attach = SecondaryButton(translate("Ledger", "Attach a file…"), "", "file-plus-2")
        self.attach.clicked.connect(lambda: ask_file(self, self._files, self._named))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.photo)
        row.addWidget(self.attach)
        row.addStretch(1)
        self.body.addLayout(row)
        for said in (self._named, self._taken):
            self.body.addWidget(said)

    def take_photo(self) -> None:
        """Open the camera over the sheet; what is taken there goes with what is kept here."""
        title = translate("Ledger", "Photo")
        PhotoSheet(self._over, self._services, self._keep_photo, title=title, hint=self._hint).open()

    def with_sealed(
        self, write: Callable[[list[Attachment]], None], refused: Callable[[JilaiError], None]
    ) -> None:
        """Seal the files off the main thread and hand everything to `write`."""
        services, files, photos = self._services, list(self._files), list(self._photos)

        def seal() -> list[Attachment]:
            return [*photos, *(sealed_file(services, path) for path in files)]

        aside(self, services.signals, seal, write, refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F7:
            self.take_photo()
        super().keyPressEvent(event)

    def _keep_photo(self, photo: Attachment) -> None:
        self._photos.append(photo)
        number = len(self._photos)
        self._taken.set_text(self.tr("%n photo(s) taken", "", number))
        self.photographed.emit()
