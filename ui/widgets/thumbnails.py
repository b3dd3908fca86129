"""Pages' thumbnails: read and decoded aside, kept while they are likely to be shown again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from registration.errors import JilaiError
from storage import applications
from storage.values import StoredPage
from ui.run import read_aside

if TYPE_CHECKING:
    from ui.services import Services

_KEPT = 400


class Thumbnails(QObject):
    """`get(page)` returns a picture or None and then fetches it; `arrived` says when there are new ones."""

    arrived = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._have: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: dict[str, str] = {}  # digest of the page -> page id
        self._asked: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch)

    def get(self, page: StoredPage) -> QPixmap | None:
        picture = self._have.get(page.digest)
        if picture is not None:
            self._have.move_to_end(page.digest)
        elif page.digest not in self._asked:
            self._wanted[page.digest] = page.id
            self._soon.start()
        return picture

    def _fetch(self) -> None:
        wanted, self._wanted = self._wanted, {}
        self._asked |= wanted.keys()

        def read(db: Any) -> dict[str, QImage]:
            pictures = {}
            for digest, page_id in wanted.items():
                try:
                    pictures[digest] = QImage.fromData(applications.thumbnail(db, page_id))
                except KeyError:  # removed in the meantime
                    continue
            return pictures

        read_aside(self, self._services, read, self._take, lambda error: self._give_up(error, wanted))

    def _take(self, pictures: dict[str, QImage]) -> None:
        for digest, image in pictures.items():
            self._have[digest] = QPixmap.fromImage(image)
        self._asked -= pictures.keys()
        while len(self._have) > _KEPT:
            self._have.popitem(last=False)
        self.arrived.emit()

    def _give_up(self, error: JilaiError, wanted: dict[str, str]) -> None:
        self._asked -= wanted.keys()
        self._services.signals.failed.emit(error.problem)
