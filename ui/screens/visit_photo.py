"""A photo beside what is written, as of a visit: the camera is on while the sheet is open, no longer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from capture.sources.source import FoundPage, PreviewFrame
from registration.errors import Problem
from registration.facts import Attachment
from ui.live_camera import LiveCamera
from ui.run import aside
from ui.services import Services
from ui.widgets import InlineProblem, PrimaryButton, SecondaryButton, Sheet, Text
from ui.widgets.live_view import LiveView

translate = QCoreApplication.translate
_WIDE = 640


class PhotoSheet(Sheet):
    """PhotoSheet(host, services, keep): `keep(Attachment)` once a photo lies sealed on the disk.

    Enter or Space takes it, and with one taken Enter keeps it; Backspace takes another.
    """

    def __init__(
        self,
        host: QWidget,
        services: Services,
        keep: Callable[[Attachment], None],
        *,
        title: str = "",
        hint: str = "",
    ) -> None:
        """Without `title` and `hint` it is the witness photo of a signing, labelled so; else a "photo"."""
        super().__init__(host, title or translate("Visits", "Witness photo"), width=_WIDE)
        self._services, self._keep = services, keep
        self._label = "photo" if title else "witness"
        self._data, self._resting = b"", False
        self.body.addWidget(
            Text(
                hint
                or translate("Visits", "Ask first. The person, the papers and the signing, no other room."),
                "muted",
                wrap=True,
            )
        )
        self.problem = InlineProblem()
        self.body.addWidget(self.problem)
        self.view = LiveView()
        self.view.setMinimumHeight(280)
        self.body.addWidget(self.view, 1)
        self.again = SecondaryButton(translate("Visits", "Another one"), "⌫")
        self.go = PrimaryButton("", "Enter")
        self.again.clicked.connect(self._retake)
        self.go.clicked.connect(self._press)
        self.buttons.addWidget(self.again)
        self.buttons.addWidget(self.go)
        self.camera = LiveCamera(services, self, rests=True)
        self.camera.framed.connect(self._framed)
        self.camera.taken.connect(self._taken)
        self.camera.failed.connect(self._failed)
        self.camera.changed.connect(self._say)
        self.camera.rested.connect(self._rested)
        self.closed.connect(self.camera.turn_off)
        self.camera.turn_on()
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press()
        elif event.key() == Qt.Key.Key_Backspace:
            self._retake()
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        self.again.setVisible(bool(self._data))
        words = translate("Visits", "Keep it") if self._data else translate("Visits", "Take the photo")
        self.go.set_text(words)
        self.go.setEnabled(bool(self._data) or self.camera.there or self._resting)
        if self._resting:
            self.view.show_words(
                translate("Visits", "The camera was shut to save the battery. Enter opens it again.")
            )
        elif not self._data and not self.camera.there:
            self.view.show_words(translate("Visits", "No camera is plugged in."))

    def _rested(self) -> None:
        self._resting = not self._data  # a photo that was taken is kept first
        self._say()

    def _framed(self, frame: PreviewFrame) -> None:
        if not self._data:
            self.view.show_frame(frame.width, frame.height, frame.rgb)

    def _failed(self, problem: Problem) -> None:
        self.problem.show_problem(problem)

    def _taken(self, page: FoundPage) -> None:
        picture = QImage.fromData(page.data).convertToFormat(QImage.Format.Format_RGB888)
        if picture.isNull():
            return
        self._data = page.data
        small = picture.scaledToWidth(_WIDE - _WIDE % 4, Qt.TransformationMode.SmoothTransformation)
        rows = bytes(small.constBits())
        if small.bytesPerLine() == small.width() * 3:
            self.view.show_frame(small.width(), small.height(), rows)
        self._say()

    def _press(self) -> None:
        if self._resting:
            self._resting = False
            self.camera.turn_on()
            return
        if not self._data:
            self.camera.take()
            return
        data, services = self._data, self._services

        def stored(digest: str) -> None:
            keep = self._keep
            self.close_sheet()
            keep(Attachment(digest, len(data), "image/jpeg", self._label))

        self.go.set_busy(translate("Visits", "Keeping…"))
        aside(self, services.signals, lambda: services.pages.put(data), stored, self._not_kept)

    def _not_kept(self, error: object) -> None:
        self.go.set_busy("")
        self.problem.show_problem(error)  # type: ignore[arg-type]

    def _retake(self) -> None:
        self._data = b""
        if not self.camera.is_on():
            self.camera.turn_on()
        self._say()
