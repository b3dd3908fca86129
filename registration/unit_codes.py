"""The code of a property unit (不动产单元代码): seven layers in 28 characters, and what is temporary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registration.errors import InputError
from registration.folding import fold

_SHAPE = re.compile(r"[0-9]{12}[GJZ][A-Z][0-9]{5}(W0{8}|[FLQ][0-9]{8})")
_FIRST_LAYERS = re.compile(r"[0-9]{12}([GJZ][A-Z][0-9]{5}(F[0-9]{4})?)?")
# Second letter of the parcel's mark, with the first letters that it may follow: collective ownership (A) and
# homesteads (C) are on collective land. L and N are from general knowledge of the edition of 2018.
_PARCEL_LETTERS = dict.fromkeys("BSXDEFHGLNWY", "GJZ") | dict.fromkeys("AC", "J")


@dataclass(frozen=True)
class UnitCode:
    """A unit code in its layers. `temporary`: only the first layers are known, the rest is not surveyed."""

    text: str
    division: str  # 6 digits, the county
    cadastral_district: str  # 3
    cadastral_subdistrict: str  # 3
    parcel_kind: str  # 2 letters, such as GB
    parcel_number: str  # 5
    fixture_kind: str  # F building, L woods, Q other, W none
    fixture_number: str  # 8; of a building: 4 for the building, 4 for the unit
    temporary: bool = False

    @property
    def building(self) -> str:
        """Return the four digits of the building (幢号), "" where the fixture is no building."""
        return self.fixture_number[:4] if self.fixture_kind == "F" else ""

    @property
    def unit(self) -> str:
        """Return the four digits of the unit (户号), "" where the fixture is no building."""
        return self.fixture_number[4:] if self.fixture_kind == "F" else ""

    @property
    def on_collective_land(self) -> bool:
        """Say whether the parcel is owned by a collective: such housing is outside the legacy policies."""
        return self.parcel_kind.startswith("J")


def parse_unit_code(text: str) -> str:
    """Read a whole property unit code of 28 characters.

    Source: GB/T 37346-2018 (seven layers of 6, 3, 3, 2, 5, 1 and 8 characters; no check digit, so a code that
    is well-formed can still be another unit's: picking from the building table is better than typing).
    Returns it without spaces, upper case. Raises InputError code unit_code.
    """
    value = fold(text)
    if not _SHAPE.fullmatch(value) or not _letters_agree(value):
        raise InputError("unit_code", field="unit_code")
    return value


def read_unit_code(text: str) -> UnitCode | None:
    """Read a unit code with its layers; None for an empty one.

    Systems hold a code that ends after a layer (12, 19 or 24 characters) until a unit is surveyed: such a one
    comes back as `temporary`. Raises InputError code unit_code for everything else.
    Source: GB/T 37346-2018; the temporary codes are a practice of registration systems, not of the standard.
    """
    value = fold(text)
    if not value:
        return None
    temporary = bool(_FIRST_LAYERS.fullmatch(value)) and _letters_agree(value)
    if not temporary:
        parse_unit_code(value)
    return UnitCode(
        value,
        value[:6],
        value[6:9],
        value[9:12],
        value[12:14],
        value[14:19],
        value[19:20],
        value[20:],
        temporary,
    )


def _letters_agree(value: str) -> bool:
    return len(value) == 12 or value[12] in _PARCEL_LETTERS.get(value[13], "")


def unit_code_groups(code: str) -> str:
    """Return a 28-character unit code in its four printed groups."""
    return f"{code[:6]} {code[6:12]} {code[12:19]} {code[19:]}"
