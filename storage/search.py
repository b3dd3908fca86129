"""The search index: what staff type, turned into terms of a full-text index that answers in one lookup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, product

from pypinyin import Style, pinyin
from sqlite_utils import Database

from registration.application import Application
from registration.property_unit import Household

# Columns of the index:
#   name     each character of every party's name a term, so a phrase is any part of a name
#   letters  every run of pinyin initials, each syllable, and the whole name in pinyin
#   tails    ID, phone, receipt and acceptance number written backwards, so a tail is a prefix
#   numbers  building, entrance, room, unit code, and the telephone number from its beginning
#   filters  state and session, so a filtered search intersects lists instead of looking up rows
_LONGEST_RUN = 6
_READINGS = 6  # of a name with characters of several readings
_TAIL_LEAST = 4
_PHONE_LEAST = 7
_WHOLE_NUMBER = 10
_UNIT_CODE = 28
_PLACE = re.compile(
    r"(?<![\d-])(\d{1,3})(?:\s*(?:号楼|栋|幢|楼|号|#)\s*|\s*-\s*|\s+)"
    r"(?:(\d{1,2})(?:\s*(?:单元|门)\s*|\s*-\s*|\s+))?(\d{3,5})(?![\d-])"
)
_BUILDING = re.compile(r"(\d+)\s*(?:号楼|号|栋|幢|#|楼)")
_ENTRANCE = re.compile(r"(\d+)\s*(?:单元|门)")


def index(
    db: Database,
    seq: int,
    application: Application,
    household: Household | None,
    *,
    state: str,
    receipt_number: str = "",
    acceptance_number: str = "",
) -> None:
    """Put an application into the index, in place of what was there for it (`seq` is its row number)."""
    db.execute("DELETE FROM search WHERE rowid = ?", (seq,))
    db.execute(
        "INSERT INTO search (rowid, name, letters, tails, numbers, filters) VALUES (?, ?, ?, ?, ?, ?)",
        (seq, *terms_of(application, household, state, receipt_number, acceptance_number)),
    )


def terms_of(
    application: Application,
    household: Household | None,
    state: str,
    receipt_number: str,
    acceptance_number: str,
) -> tuple[str, str, str, str, str]:
    """Return the texts of the five columns: name, letters, tails, numbers, filters."""
    names = [party.name for party in application.parties if party.name.strip()]
    tails = [number for party in application.parties for number in (party.document_number, party.phone)]
    tails += [receipt_number, acceptance_number]
    phones = (_plain(party.phone) for party in application.parties if party.phone)
    return (
        " | zz | ".join(" ".join(_plain(name)) for name in names),
        " ".join(term for name in names for term in _letters(name)),
        " ".join(_plain(tail)[::-1] for tail in tails if tail),
        " ".join([*_place_terms(household), *(f"q{phone}" for phone in phones)]),
        f"{_state_term(state)} {_session_term(application.session_id)}",
    )


def expression(text: str, *, state: str | None = None, session_id: str | None = None) -> str | None:
    """Return the full-text query for what was typed, or None where it holds nothing to look for.

    Words separated by blanks must all be met.
    """
    words = list(_words(text))
    if not words:
        return None
    if state:
        words.append(f"filters : {_state_term(state)}")
    if session_id:
        words.append(f"filters : {_session_term(session_id)}")
    return " AND ".join(f"({word})" for word in words)


def whole_number(number: str) -> str | None:
    """Return the full-text query for a document's number as a whole; None where there is no number."""
    plain = _plain(number)
    return f"tails : {_quoted(plain[::-1])}" if plain else None


def sort_key(name: str) -> str:
    """Return a name in pinyin, for sorting lists by applicant."""
    return " ".join(part[0] for part in pinyin(name.strip(), style=Style.TONE3, errors="default")).casefold()


def _words(text: str) -> Iterator[str]:
    text = unicodedata.normalize("NFKC", text).strip().casefold()
    if re.fullmatch(r"[\d\s+-]{10,}", text) and len(_plain(text)) >= _WHOLE_NUMBER:
        text = _plain(text)  # a telephone or ID number typed in groups
    place = _PLACE.search(text)
    if place and not re.search(r"[a-z]|\d{6}", text):
        building, entrance, room = place.groups()
        yield " AND ".join(
            f"numbers : {term}"
            for term in (f"b{int(building)}", entrance and f"u{int(entrance)}", f"r{room}")
            if term
        )
        text = (text[: place.start()] + " " + text[place.end() :]).strip()
    for pattern, letter in ((_BUILDING, "b"), (_ENTRANCE, "u")):
        for found in pattern.finditer(text):
            yield f"numbers : {letter}{int(found[1])}"
        text = pattern.sub(" ", text)
    for word in text.split():
        yield from _word(word)


def _word(word: str) -> Iterator[str]:
    plain = _plain(word)
    if not plain:
        return
    if re.fullmatch(r"[a-z]+", plain):
        yield f"letters : {plain}"
    elif re.fullmatch(r"[a-z0-9]+", plain):
        choices = [f"numbers : r{plain}"]
        if len(plain) >= _TAIL_LEAST:
            choices.append(f"tails : {_quoted(plain[::-1])} *")
        if len(plain) == _UNIT_CODE:
            choices.append(f"numbers : k{plain}")
        if len(plain) >= _PHONE_LEAST and plain.isdigit():
            choices.append(f"numbers : q{plain} *")
        if len(plain) <= 2 and plain.isdigit():
            choices.append(f"numbers : b{int(plain)}")
        yield " OR ".join(choices)
    else:
        for part in re.findall(r"[a-z0-9]+|[^a-z0-9]+", plain):
            if re.fullmatch(r"[a-z0-9]+", part):
                yield from _word(part)
            else:
                yield f"name : {_quoted(' '.join(part))}"


def _letters(name: str) -> Iterator[str]:
    readings = pinyin(_plain(name), style=Style.NORMAL, heteronym=True, errors="default")
    syllables = [list(dict.fromkeys(character)) for character in readings]
    terms: dict[str, None] = {}
    for initials in _choices([list(dict.fromkeys(s[0] for s in character)) for character in syllables]):
        for start in range(len(initials)):
            for end in range(start + 1, min(start + _LONGEST_RUN, len(initials)) + 1):
                terms[initials[start:end]] = None
    yield from terms
    yield from dict.fromkeys(syllable for character in syllables for syllable in character)
    yield from _choices(syllables)


def _choices(readings: list[list[str]]) -> Iterator[str]:
    """Yield the first few ways to read a name, the surname's readings first."""
    for choice in islice(product(*reversed(readings)), _READINGS):
        yield "".join(reversed(choice))


def _place_terms(household: Household | None) -> Sequence[str]:
    if household is None:
        return ()
    terms = [f"r{_plain(household.room)}", f"k{_plain(household.unit_code)}"]
    for letter, text in (("b", household.building), ("u", household.entrance)):
        found = re.search(r"\d+", text)
        if found:
            terms.append(f"{letter}{int(found[0])}")
    return terms


def _state_term(state: str) -> str:
    return f"s{_plain(state)}"


def _session_term(session_id: str) -> str:
    return f"e{_plain(session_id)}"


def _plain(text: str) -> str:
    """Letters and digits alone, folded: full width to half, upper to lower."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
