"""What a photographed identity card says: offered beside the applicant, never entered by itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from registration.errors import JilaiError
from ui.run import aside, deliver
from ui.screens.intake_adding import FileWork, PageAdder
from ui.screens.intake_card import CardSide, Said
from ui.theme import Tone
from ui.widgets import Toast

if TYPE_CHECKING:
    from capture.recognition import Recognition
    from storage.values import StoredPage
    from ui.services import Services

_log = logging.getLogger(__name__)
_ROW, _FRONT, _KINDS = "identity", "id_card_front", ("id_card_front", "id_card_back")


class CardReading(QObject):
    """Has pages of the identity row read in the background once they are stored.

    Only a number that passed its own checks is offered; where it differs from what was entered, both are
    shown side by side and the person decides.
    """

    def __init__(self, services: Services, adder: PageAdder, side: CardSide, screen: QWidget) -> None:
        super().__init__(screen)
        self._services, self._side = services, side
        self._toast = Toast(screen)
        adder.added.connect(self._added)

    def _added(self, work: FileWork, pages: Sequence[StoredPage]) -> None:
        if work.item_code != _ROW:
            return
        signals, files = self._services.signals, self._services.pages
        for page in pages:
            read = partial(self._read, work.application_id)
            aside(self, signals, partial(files.get, page.digest), read, self._not_read)

    def _read(self, application_id: str, jpeg: bytes) -> None:
        future = self._services.imaging.submit_recognise(jpeg, _KINDS)
        deliver(self, self._services.signals, future, partial(self._said, application_id), self._not_read)

    def _said(self, application_id: str, found: Recognition) -> None:
        if found.kind != _FRONT or "id_number" not in found.fields:
            return
        texts = {name: str(reading.value) for name, reading in found.fields.items()}
        said = Said(texts.get("name", ""), texts["id_number"], texts.get("address", ""))
        if not self._side.suggest(application_id, said):
            return
        if self._side.contradicts(said):
            words = self.tr("The card says another name or number than the entries: compare them (Alt+1)")
            self._toast.show_text(words, Tone.AMBER)
        else:
            self._toast.show_text(self.tr("The card was read: Alt+1, then F2 takes it over"))

    def _not_read(self, error: JilaiError) -> None:
        _log.info("a card was not read: %s", error.code)  # the page is stored; reading it was an offer
