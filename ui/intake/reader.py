"""Has every page of the case in hand read once, behind the work, and keeps with the page what was read."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from registration.errors import JilaiError
from registration.folding import to_ascii
from registration.page_reading import PageReading, reading_from_json, reading_to_json
from storage import operations
from storage.values import StoredPage
from ui.intake.case import IntakeCase
from ui.run import aside, deliver, run

if TYPE_CHECKING:
    from capture.recognition import Recognition, TextLine
    from ui.services import Services

_log = logging.getLogger(__name__)
_SIDES = ("id_card_front", "id_card_back")
_PLACE = re.compile(r"(?:坐落|座落|位于)[于在: ]*(?P<place>[^,.;:。]{4,60}?\d室)")
_SURE_PLACE = 0.9
_SURE, _LEAST_LINES = 0.7, 2  # words enough, read well enough, to turn a page by them


class PageReader(QObject):
    """`read(StoredPage, PageReading)` once a page's reading has come; `kept(application id)` once it is
    stored; `lies_wrong(StoredPage, int)` where its words show it to need a clockwise turn (90, 180, 270).

    A page that has its reading, from today or from before, is not read again. Pages are read one after the
    other in a process of low priority: the shutter never waits for it.
    """

    read = Signal(object, object)
    kept = Signal(str)
    lies_wrong = Signal(object, int)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._case: IntakeCase | None = None
        self._asked: set[str] = set()  # digests, so that a page that cannot be read is not tried for ever

    def bind(self, case: IntakeCase) -> None:
        self._case = case
        case.pages_changed.connect(self._look)
        self._look()

    def waiting(self) -> int:
        """Return how many pages of the case in hand have no reading yet."""
        return sum(not page.reading for page in self._case.pages) if self._case is not None else 0

    def _look(self) -> None:
        """Ask for what has not been read."""
        case = self._case
        if case is None:
            return
        for page in case.pages:
            if not page.reading and page.digest not in self._asked:
                self._asked.add(page.digest)
                files, expected = self._services.pages, self._expected(case, page)
                fetch = partial(files.get, page.digest)
                hand_on = partial(self._hand_on, page, expected)
                aside(self, self._services.signals, fetch, hand_on, self._not_read)

    def _expected(self, case: IntakeCase, page: StoredPage) -> tuple[str, ...]:
        """Return the kinds that a page's row asks for: of a card, the side that its people still lack."""
        from capture.page_kinds import item_codes
        from capture.recognition import PageKind

        kinds = tuple(kind.value for kind in PageKind if page.item_code in item_codes(kind))
        if page.item_code != "identity":
            return kinds
        people = sum(
            1 + (party.agent is not None) + (party.guardian is not None) for party in case.application.parties
        )
        have = [reading.kind for other in case.pages if (reading := reading_from_json(other.reading))]
        lacking = tuple(side for side in _SIDES if have.count(side) < people)
        others = tuple(kind for kind in kinds if kind not in _SIDES)
        return (*(lacking or _SIDES), *others)

    def _hand_on(self, page: StoredPage, expected: tuple[str, ...], jpeg: bytes) -> None:
        future = self._services.imaging.submit_recognise(jpeg, expected)
        deliver(self, self._services.signals, future, partial(self._arrived, page), self._not_read)

    def _arrived(self, page: StoredPage, found: Recognition) -> None:
        turn = found.rotation if found.rotation and _is_sure(found) else 0
        reading = reading_of(found, turned=bool(turn))
        if page.digest == page.original_digest:  # put together here: no lamp and no hand ever came near it
            reading = replace(reading, findings=())
        now, text = self._services.clock(), reading_to_json(reading)

        def operation(db: Any) -> Any:
            return operations.keep_reading(db, now, page.id, page.digest, text)

        def stored(_: object) -> None:
            self.kept.emit(page.application_id)
            if turn:
                self.lies_wrong.emit(page, turn)

        run(self, self._services, operation, stored, self._not_read)
        self.read.emit(page, reading)

    def _not_read(self, error: JilaiError) -> None:
        _log.info("a page was not read: %s", error.code)  # the page is stored; reading it was an offer


def reading_of(found: Recognition, *, turned: bool) -> PageReading:
    """Return what recognition found as it is kept; a page `turned` by it does not lie wrong any more."""
    fields = {name: field.value for name, field in found.fields.items()}
    certainty = {name: field.confidence for name, field in found.fields.items()}
    kind = found.kind.value if found.kind is not None else ""
    if kind == "purchase_contract" and (place := _place_on(found.texts)) is not None:
        fields["location"], certainty["location"] = place
    return PageReading(
        kind=kind,
        confidence=found.kind_confidence,
        fields=fields,
        certainty=certainty,
        left_out={name: doubt.value for name, doubt in found.left_out.items()},
        findings=tuple(
            (finding.kind.value, finding.severity.value)
            for finding in found.findings
            if not (turned and finding.kind.value == "upside_down")
        ),
        rows=found.item_codes,
    )


def _place_on(texts: Sequence[TextLine]) -> tuple[str, float] | None:
    """Return the place of the home that a contract names in its running text, and the least sure line of it.

    It has no check of its own: it is only held against the household that was chosen.
    """
    for line, after in zip_longest(texts, texts[1:]):
        found = _PLACE.search(to_ascii(line.text + (after.text if after is not None else "")))
        if found is None or found.start() >= len(line.text):
            continue
        sure = min(line.confidence, after.confidence if after is not None else 1.0)
        return (found["place"], sure) if sure >= _SURE_PLACE else None
    return None


def _is_sure(found: Recognition) -> bool:
    good = [line for line in found.texts if len(line.text) >= 2 and line.confidence >= _SURE]
    return len(good) >= _LEAST_LINES
