"""What differs between the case as this window has it and as the centre has it, in words of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from registration.application import application_to_json
from registration.checklist import Checklist
from registration.identifiers import mask_name, mask_tail
from storage.values import ApplicationDetail
from ui.messages import language

_LEFT_OUT = frozenset({"id", "revision", "session_id", "pack_versions", "signatures"})


@dataclass(frozen=True)
class Differing:
    """One fact that is not the same on both sides; "" where a side has none. Persons' facts are masked."""

    name: str
    mine: str
    theirs: str


class _Counts(QObject):
    """Says numbers in the language of the window."""

    def pages(self, count: int) -> str:
        return self.tr("%n page(s)", "", count)

    def only_here(self, count: int) -> str:
        return self.tr("%n only on this side", "", count)

    def entries(self, count: int) -> str:
        return self.tr("%n entry(ies)", "", count)


def differing(
    detail: ApplicationDetail, centre: Mapping[str, Any], checklist: Checklist, households: Mapping[str, str]
) -> list[Differing]:
    """Return what differs: facts first, then pages by the rows of the checklist.

    `centre` is a CaseFact of the wire, `households` the labels of household ids.
    """
    mine, theirs = application_to_json(detail.application), dict(centre["application"])
    found = []
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        if key in _LEFT_OUT or mine.get(key) == theirs.get(key):
            continue
        if key == "parties":
            found += _parties(mine.get(key) or [], theirs.get(key) or [])
        elif key == "household_id":
            names = [households.get(str(side.get(key)), str(side.get(key) or "")) for side in (mine, theirs)]
            found.append(Differing(_name(key), *names))
        else:
            found.append(Differing(_name(key), _value(mine.get(key)), _value(theirs.get(key))))
    return found + _pages(detail, centre, checklist)


def _parties(mine: list[Any], theirs: list[Any]) -> list[Differing]:
    found = []
    for at in range(max(len(mine), len(theirs))):
        one = mine[at] if at < len(mine) else {}
        two = theirs[at] if at < len(theirs) else {}
        for key in dict.fromkeys([*one, *two]):
            if one.get(key) != two.get(key):
                name = f"{_name('party')} {at + 1} · {_name(key)}"
                found.append(Differing(name, _masked(key, one.get(key)), _masked(key, two.get(key))))
    return found


def _pages(detail: ApplicationDetail, centre: Mapping[str, Any], checklist: Checklist) -> list[Differing]:
    mine: dict[str, list[str]] = {}
    theirs: dict[str, list[str]] = {}
    for page in detail.pages:
        mine.setdefault(page.item_code, []).append(page.digest)
    for fact in centre["pages"]:
        theirs.setdefault(str(fact["item_code"]), []).append(str(fact["digest"]))
    found = []
    for code in dict.fromkeys([*mine, *theirs]):
        one, two = mine.get(code, []), theirs.get(code, [])
        if one != two:
            item = checklist.item(code)
            words = [_page_words(a, b) for a, b in ((one, two), (two, one))]
            found.append(Differing(item.name(language()) if item else code, *words))
    return found


def _page_words(here: list[str], there: list[str]) -> str:
    own = len([digest for digest in here if digest not in there])
    counts = _Counts()
    return f"{counts.pages(len(here))} · {counts.only_here(own)}" if own else counts.pages(len(here))


def _masked(key: str, value: Any) -> str:
    text = _value(value)
    if not text or key in {"role", "document_kind", "share"}:
        return text
    if key == "name":
        return mask_name(text)
    if key in {"document_number", "phone"}:
        return mask_tail(text[-8:])
    return QCoreApplication.translate("Conflict", "entered") if isinstance(value, str) else text


def _value(value: Any) -> str:
    translate = QCoreApplication.translate
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return translate("Conflict", "yes") if value else translate("Conflict", "no")
    if isinstance(value, list):
        return _Counts().entries(len(value))
    if isinstance(value, dict):
        return translate("Conflict", "entered")
    return str(value)


def _name(key: str) -> str:
    translate = QCoreApplication.translate
    known = {
        "party": translate("Conflict", "Applicant"),
        "name": translate("Conflict", "Name"),
        "document_number": translate("Conflict", "ID number"),
        "phone": translate("Conflict", "Phone"),
        "address": translate("Conflict", "Address"),
        "share": translate("Conflict", "Share"),
        "role": translate("Conflict", "Role"),
        "type_code": translate("Conflict", "Type"),
        "household_id": translate("Conflict", "Household"),
        "reason": translate("Conflict", "Reason"),
        "remarks": translate("Conflict", "Remarks"),
        "materials": translate("Conflict", "Records of materials"),
        "answers": translate("Conflict", "Answers of the inquiry"),
        "deferrals": translate("Conflict", "Papers promised"),
        "certificate_number": translate("Conflict", "Existing certificate"),
        "mortgage": translate("Conflict", "Mortgage"),
        "tracks": translate("Conflict", "Tracks"),
        "use": translate("Conflict", "Use"),
    }
    return known.get(key, key.replace("_", " "))
