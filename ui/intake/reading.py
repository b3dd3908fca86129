"""What a photographed identity card says: offered beside the applicant, never entered by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from registration.page_reading import PageReading
from storage.values import StoredPage
from ui.intake.card import CardSide, Said
from ui.intake.reader import PageReader
from ui.theme import Tone
from ui.widgets import Toast

_ROW, _FRONT = "identity", "id_card_front"


class CardReading(QObject):
    """Hands a card that was read in the identity row on to the applicant's side.

    Only a number that passed its own checks is offered; where it differs from what was entered, both are
    shown side by side and the person decides.
    """

    def __init__(self, reader: PageReader, side: CardSide, screen: QWidget) -> None:
        super().__init__(screen)
        self._side = side
        self._toast = Toast(screen)
        reader.read.connect(self._said)

    def _said(self, page: StoredPage, reading: PageReading) -> None:
        if page.item_code != _ROW or reading.kind != _FRONT or not reading.text("id_number"):
            return
        said = Said(reading.text("name"), reading.text("id_number"), reading.text("address"))
        if not self._side.suggest(page.application_id, said):
            return
        if self._side.contradicts(said):
            words = self.tr("The card says another name or number than the entries: compare them (Alt+1)")
            self._toast.show_text(words, Tone.AMBER)
        else:
            self._toast.show_text(self.tr("The card was read: Alt+1, then F2 takes it over"))
