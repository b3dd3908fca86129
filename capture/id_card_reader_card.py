"""What stands on an identity card, a residence permit or a foreigner's card, out of the bytes of a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registration.errors import InputError
from registration.identifiers import parse_id_number

TEXT_LENGTH = 256
PHOTO_LENGTH = 1024
ADDRESS_LENGTH = 70
_KIND_PLACE = 248


class CardKind(StrEnum):
    """The cards that readers read; by the mark at byte 248 of the text."""

    CITIZEN = "citizen"
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证, mark J
    FOREIGNER = "foreigner"  # 外国人永久居留身份证 of 2017, mark I


class UnknownCardError(Exception):
    """A card of a kind whose layout is not known here."""


class GarbledCardError(Exception):
    """Text that cannot be what a card says: a broken date, or a number that fails its own check."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card as it was read. Not printed, so that no log shows a person.

    sex is "male", "female" or "" (unknown, unstated); nation the two digits of GB/T 3304, "" on other cards;
    valid_until None means 长期; newest_address "" where the card holds none; photo is raw WLT, 1,024 bytes,
    which only a maker's own decoder opens. pass_number and issue_count are of residence permits.
    """

    kind: CardKind
    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: str = field(repr=False)
    birth: date = field(repr=False)
    valid_from: date = field(repr=False)
    valid_until: date | None = field(repr=False)
    authority: str = field(repr=False)
    address: str = field(default="", repr=False)
    newest_address: str = field(default="", repr=False)
    nation: str = field(default="", repr=False)
    pass_number: str = field(default="", repr=False)
    issue_count: str = field(default="", repr=False)
    english_name: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)
    photo: bytes = field(default=b"", repr=False)

    @property
    def letters_address(self) -> str:
        """The address to write to: the newest that the card holds."""
        return self.newest_address or self.address


def card_from(data: bytes, newest_address: bytes, *, today: date) -> Card:
    """Read the data of a read command (lengths, text, photo) and of the newest address (b"" without one).

    Source of the layouts: the SAM protocol of GA 450/467. Raises UnknownCardError or GarbledCardError.
    """
    text_length, photo_length = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    text, photo = data[4 : 4 + text_length], data[4 + text_length : 4 + text_length + photo_length]
    if text_length != TEXT_LENGTH or len(text) != TEXT_LENGTH or len(photo) != photo_length:
        raise GarbledCardError("lengths")
    mark = _words(text[_KIND_PLACE : _KIND_PLACE + 2])
    newest = _words(newest_address[:ADDRESS_LENGTH])
    if mark == "I":
        return _foreigner(text, photo)
    if mark not in ("", "J"):
        raise UnknownCardError(mark)
    return _resident(text, photo, newest, permit=mark == "J", today=today)


def _resident(text: bytes, photo: bytes, newest: str, *, permit: bool, today: date) -> Card:
    parts = _parts(text, (30, 2, 4, 16, 70, 36, 30, 16, 16, 18, 4))
    name, sex, nation, birth, address, number, authority, since, until, pass_number, issues = parts
    try:
        checked = parse_id_number(number, today=today)
    except InputError:
        raise GarbledCardError("number") from None
    born = _day(birth)
    if not name or born != checked.birth:
        raise GarbledCardError("name or birth")
    return Card(
        CardKind.RESIDENCE_PERMIT if permit else CardKind.CITIZEN,
        name=name,
        number=checked.text,
        sex=_sex(sex),
        birth=born,
        valid_from=_day(since),
        valid_until=_last_day(until),
        authority=authority,
        address=address,
        newest_address=newest,
        nation="" if permit else nation,
        pass_number=pass_number if permit else "",
        issue_count=issues if permit else "",
        photo=photo,
    )


def _foreigner(text: bytes, photo: bytes) -> Card:
    parts = _parts(text, (120, 2, 30, 6, 30, 16, 16, 16, 4, 8))
    english, sex, number, nationality, chinese, since, until, birth, _, authority = parts
    if not (english or chinese) or not number.isalnum():
        raise GarbledCardError("name or number")
    return Card(
        CardKind.FOREIGNER,
        name=chinese or english,
        number=number,
        sex=_sex(sex),
        birth=_day(birth),
        valid_from=_day(since),
        valid_until=_last_day(until),
        authority=authority,
        english_name=english,
        nationality=nationality,
        photo=photo,
    )


def _parts(text: bytes, lengths: tuple[int, ...]) -> list[str]:
    found, at = [], 0
    for length in lengths:
        found.append(_words(text[at : at + length]))
        at += length
    return found


def _words(data: bytes) -> str:
    """UCS-2, little-endian, padded with spaces, by some makers with zeros. Private-use characters stay."""
    try:
        text = data.decode("utf-16-le")
    except UnicodeDecodeError:
        raise GarbledCardError("characters") from None
    return text.replace("\0", " ").strip()


def _day(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise GarbledCardError("date") from None


def _last_day(text: str) -> date | None:
    return None if text == "长期" else _day(text)


def _sex(text: str) -> str:
    return {"1": "male", "2": "female"}.get(text, "")
