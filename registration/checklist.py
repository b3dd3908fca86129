"""The checklist (收件清单): which papers a registration type asks for, and which of them are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """How firmly a row is asked for."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    SHARED = "shared"  # obtainable by data sharing: 免提交 online, "to be verified" offline


class Form(StrEnum):
    """原件 or 复印件."""

    ORIGINAL = "original"
    COPY = "copy"


@dataclass(frozen=True)
class ChecklistItem:
    """One row of a checklist; text in both languages comes from the data pack."""

    code: str
    zh: str
    en: str
    need: Need
    form: Form = Form.COPY
    copies: int = 1
    deferrable: bool = False
    hint_zh: str = ""
    hint_en: str = ""

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def hint(self, language: str) -> str:
        return self.hint_en if language.startswith("en") else self.hint_zh


@dataclass(frozen=True)
class Checklist:
    """All rows of one registration type, with the version of the pack that they came from."""

    type_code: str
    zh: str
    en: str
    version: str
    items: tuple[ChecklistItem, ...]
    needs_household: bool = True

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def item(self, code: str) -> ChecklistItem | None:
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True)
class Material:
    """What the operator recorded about one row's paper. `declared_pages` 0 means: as many as captured."""

    item_code: str
    form: Form
    copies: int = 1
    declared_pages: int = 0


def checklist_from_pack(pack: Mapping[str, object], type_code: str) -> Checklist:
    """Return the checklist of a type from a `registration_types` pack. KeyError if the type is not in it."""
    types = pack["types"]
    assert isinstance(types, Mapping)
    entry = types[type_code]
    items = tuple(
        ChecklistItem(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            need=Need(row["need"]),
            form=Form(row.get("form", "copy")),
            copies=int(row.get("copies", 1)),
            deferrable=bool(row.get("deferrable", False)),
            hint_zh=row.get("hint_zh", ""),
            hint_en=row.get("hint_en", ""),
        )
        for row in entry["items"]
    )
    return Checklist(
        type_code,
        entry["zh"],
        entry["en"],
        str(pack["version"]),
        items,
        bool(entry.get("needs_household", True)),
    )


def offered_types(pack: Mapping[str, object]) -> Iterable[tuple[str, str, str]]:
    """Yield (code, Chinese, English) of the types a pack offers, in its order."""
    types = pack["types"]
    assert isinstance(types, Mapping)
    for code, entry in types.items():
        yield code, entry["zh"], entry["en"]
