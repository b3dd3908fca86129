"""Files kept beside a fact, looked at one by one over the window; of a document its first page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from registration.errors import JilaiError
from ui.run import aside
from ui.screens.attached_files import page_of, unsealed
from ui.screens.paper_saving import ask_where, write_whole
from ui.theme import look
from ui.widgets import InlineProblem, SecondaryButton, Sheet, Text

if TYPE_CHECKING:
    from ui.services import Services

translate = QCoreApplication.translate
_WIDE, _HIGH = 720, 420


class PhotoView(Sheet):
    """PhotoView(host, services, [(digest, caption)]): opens by itself; ← → go through them, S saves one."""

    def __init__(self, host: QWidget, services: Services, shown: Sequence[tuple[str, str]]) -> None:
        super().__init__(host, translate("Ledger", "Photos and papers"), width=_WIDE + 48)
        self._services, self._shown, self._at = services, tuple(shown), 0
        self._data = b""
        self.said, self.problem = Text("", "muted", wrap=True), InlineProblem()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedHeight(look().px(_HIGH))
        for part in (self.said, self.problem, self.picture):
            self.body.addWidget(part)
        self.leave = SecondaryButton(translate("Ledger", "Back"), "Esc")
        self.save = SecondaryButton(translate("Ledger", "Save…"), "S", "save")
        self.before = SecondaryButton(translate("Ledger", "The one before"), "←")
        self.after = SecondaryButton(translate("Ledger", "The next one"), "→")
        for button, act in (
            (self.leave, self.close_sheet),
            (self.save, self.save_it),
            (self.before, lambda: self.go(-1)),
            (self.after, lambda: self.go(1)),
        ):
            button.clicked.connect(act)
            self.buttons.addWidget(button)
        self.go(0)
        self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() == Qt.Key.Key_S and self.save.isEnabled():
            self.save_it()
        super().keyPressEvent(event)

    def go(self, step: int) -> None:
        """Show the one that many further on, as far as there are any."""
        self._at = min(max(self._at + step, 0), len(self._shown) - 1)
        digest, caption = self._shown[self._at]
        here = translate("Ledger", "{n} of {all}").format(n=self._at + 1, all=len(self._shown))
        self.said.set_text(f"{caption} · {here} · SHA-256 {digest[:16]}…")
        self.picture.setAccessibleName(caption)
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(self._shown) - 1)
        self.save.setEnabled(False)
        self.problem.clear()
        self.picture.setPixmap(QPixmap())
        services, wide, high = self._services, look().px(_WIDE), look().px(_HIGH)

        def read() -> tuple[bytes, QImage]:
            data = unsealed(services, digest)
            picture = page_of(services, data, 0, caption)
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            return data, picture.scaled(wide, high, keep, smooth)

        def arrived(found: tuple[bytes, QImage]) -> None:
            if self._shown[self._at][0] == digest:
                self._data = found[0]
                self.save.setEnabled(True)
                self.picture.setPixmap(QPixmap.fromImage(found[1]))

        aside(self, services.signals, read, arrived, self._refused)

    def save_it(self) -> None:
        """Save the file as it was kept."""
        data = self._data
        kind = "pdf" if data.startswith(b"%PDF") else "png" if data.startswith(b"\x89PNG") else "jpg"
        title, show = translate("Ledger", "Photos and papers"), self._refused

        def write(name: str) -> None:
            aside(self, self._services.signals, lambda: write_whole(name, data), None, show)

        ask_where(self, title, self._shown[self._at][0][:16], write, kind=kind)

    def _refused(self, error: JilaiError) -> None:
        self.problem.show_problem(error)
