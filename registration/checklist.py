"""The checklist (收件清单): which papers a registration type asks for, and which of them are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from registration.conditions import Condition, Facts, condition_from_data
from registration.filing import Filing, FilingRule, Obligor, SingleReason
from registration.paper_form import Form

__all__ = [
    "Checklist",
    "ChecklistItem",
    "Form",
    "Material",
    "MaterialClass",
    "Need",
    "Payer",
    "Route",
    "Subtype",
    "Track",
    "checklist_from_pack",
    "offered_types",
    "types_of",
    "with_other_papers",
]


class Need(StrEnum):
    """How firmly a row is asked for."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    SHARED = "shared"  # obtainable by data sharing: 免提交 online, "to be verified" offline


class MaterialClass(StrEnum):
    """What hangs on a paper: critical ones (关键性材料) are never deferred."""

    CRITICAL = "critical"
    SECONDARY = "secondary"
    SHARED = "shared"  # held by another department


class Route(StrEnum):
    """What the window does with a type."""

    WINDOW = "window"  # taken in whole
    HALL = "hall"  # taken in, and brought to the main hall the same day
    APPOINTMENT = "appointment"  # only an appointment is made
    REDIRECT = "redirect"  # refused here, and told where to go


class Track(StrEnum):
    """The four tracks that one set of papers feeds (一窗受理、并行办理)."""

    REGISTRATION = "registration"
    TRANSACTION = "transaction"
    TAX = "tax"
    FEE = "fee"


class Payer(StrEnum):
    """Whose debt a paper proves to be paid."""

    NOBODY = ""
    DEVELOPER = "developer"
    BUYER = "buyer"


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
    material_class: MaterialClass = MaterialClass.CRITICAL
    condition: Condition | None = None  # asked for where it holds; a conditional row without one is optional
    pages: int = 0  # at least so many pages, 0: one
    payer: Payer = Payer.NOBODY
    shared_by: str = ""  # code of the department that holds the data
    tracks: frozenset[Track] = frozenset({Track.REGISTRATION})
    verified: bool = True

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def hint(self, language: str) -> str:
        return self.hint_en if language.startswith("en") else self.hint_zh

    def wanted(self, facts: Facts) -> bool:
        """Say whether this row applies to an application with these facts."""
        return self.need is not Need.CONDITIONAL if self.condition is None else self.condition.holds(facts)


@dataclass(frozen=True)
class Subtype:
    """A case of a registration type (子项), with the reason that the form and the register name."""

    code: str
    zh: str
    en: str
    needs_project: bool | None = None  # None: as the type says
    reasons: frozenset[SingleReason] | None = None

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Checklist:
    """All rows of one registration type, with the version of the pack that they came from."""

    type_code: str
    zh: str
    en: str
    version: str
    items: tuple[ChecklistItem, ...]
    needs_household: bool = True
    subtypes: tuple[Subtype, ...] = ()
    default_subtype: str = ""  # what a case is where nothing else is said
    filing: FilingRule = field(default_factory=FilingRule)
    needs_project: bool = True  # 细则 art. 24: the project's first registration comes first
    route: Route = Route.WINDOW
    questions: tuple[str, ...] = ()  # codes of the pack `inquiry`
    demands: frozenset[str] = frozenset()  # "inquiry", "signatures", "subtype": asked for before submission
    cross_province: bool = False
    mortgage: bool = False  # facts of a mortgage belong to it
    certificate: bool = False  # the number of the existing certificate belongs to it
    registration_code: str = ""  # 登记类型, such as 200
    lapse_days: int = 0  # 0: never by itself
    fee: str = ""  # code of the pack `fees`

    def name(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def item(self, code: str) -> ChecklistItem | None:
        return next((item for item in self.items if item.code == code), None)

    def subtype(self, code: str) -> Subtype | None:
        return next((subtype for subtype in self.subtypes if subtype.code == code), None)

    def subtype_or_default(self, code: str) -> str:
        """Return the sub-type by which a case is judged, "" where nothing is known of it."""
        return code or self.default_subtype

    def wants_project(self, subtype: str) -> bool:
        """Say whether a case of this sub-type waits for the project's first registration."""
        found = self.subtype(self.subtype_or_default(subtype))
        return self.needs_project if found is None or found.needs_project is None else found.needs_project

    def filing_rule(self, subtype: str) -> FilingRule:
        """Return how a case of this sub-type may be filed."""
        found = self.subtype(self.subtype_or_default(subtype))
        if found is None or found.reasons is None:
            return self.filing
        return FilingRule(self.filing.default, found.reasons, self.filing.obligor)


@dataclass(frozen=True)
class Material:
    """What the operator recorded about one row's paper. `declared_pages` 0 means: as many as captured."""

    item_code: str
    form: Form
    copies: int = 1
    declared_pages: int = 0


def checklist_from_pack(pack: Mapping[str, object], type_code: str) -> Checklist:
    """Return the checklist of a type from a `registration_types` pack. KeyError if the type is not in it.

    Rows that several types share stand once in the pack's "rows"; a type names them by their code alone, or
    with what differs. ValueError where a row is not well-formed.
    """
    types, shared = pack["types"], pack.get("rows", {})
    assert isinstance(types, Mapping) and isinstance(shared, Mapping)
    entry = types[type_code]
    return Checklist(
        type_code,
        entry["zh"],
        entry["en"],
        str(pack["version"]),
        tuple(_item(row, shared) for row in entry["items"]),
        bool(entry.get("needs_household", True)),
        subtypes=tuple(_subtype(each) for each in entry.get("subtypes", ())),
        default_subtype=str(entry.get("subtype", "")),
        filing=_filing(entry.get("filing", {})),
        needs_project=bool(entry.get("needs_project", True)),
        route=Route(entry.get("route", "window")),
        questions=tuple(entry.get("inquiry", ())),
        demands=frozenset(entry.get("demands", ())),
        cross_province=bool(entry.get("cross_province", False)),
        mortgage=bool(entry.get("mortgage", False)),
        certificate=bool(entry.get("certificate", False)),
        registration_code=str(entry.get("code", "")),
        lapse_days=int(entry.get("lapse_days", 0)),
        fee=str(entry.get("fee", "")),
    )


_KEPT = ("原登记类型的材料，随案保留", "From the former type; kept with the case")


def with_other_papers(
    checklist: Checklist, item_codes: Iterable[str], pack: Mapping[str, object]
) -> Checklist:
    """Return the checklist with a row at its end for each of these codes that it does not have itself.

    Papers taken in under another type stay with the case: as rows that nothing asks for, named as the type
    was that has them. A code that no type of the pack has is named by itself.
    """
    strays = [code for code in dict.fromkeys(item_codes) if checklist.item(code) is None]
    if not strays:
        return checklist
    named = {item.code: item for code, *_ in types_of(pack) for item in checklist_from_pack(pack, code).items}
    rows = []
    for code in strays:
        known = named.get(code)
        zh, en, form = (known.zh, known.en, known.form) if known is not None else (code, code, Form.COPY)
        zh, en = f"其他材料：{zh}", f"Other paper: {en}"
        rows.append(ChecklistItem(code, zh, en, Need.CONDITIONAL, form, hint_zh=_KEPT[0], hint_en=_KEPT[1]))
    return replace(checklist, items=(*checklist.items, *rows))


def offered_types(pack: Mapping[str, object]) -> Iterable[tuple[str, str, str]]:
    """Yield (code, Chinese, English) of the types that a window takes in.

    Those are the ones that the pack's "offered" names, in that order; where it names none, all that are not
    redirected or given an appointment (see `types_of`), in the pack's order.
    """
    taken = {
        code: (code, zh, en) for code, zh, en, route in types_of(pack) if route in (Route.WINDOW, Route.HALL)
    }
    offered = pack.get("offered") or list(taken)
    assert isinstance(offered, Sequence)
    for code in offered:
        if code in taken:
            yield taken[code]


def types_of(pack: Mapping[str, object]) -> Iterable[tuple[str, str, str, Route]]:
    """Yield (code, Chinese, English, what the window does) of all types of a pack, in its "order".

    A store may sort the keys of an object, so order is always a list in a pack.
    """
    types, order = pack["types"], pack.get("order", ())
    assert isinstance(types, Mapping) and isinstance(order, Sequence)
    for code in dict.fromkeys((*(c for c in order if c in types), *types)):
        entry = types[code]
        yield code, entry["zh"], entry["en"], Route(entry.get("route", "window"))


def _item(given: Any, shared: Mapping[str, Any]) -> ChecklistItem:
    own = {"code": given} if isinstance(given, str) else given
    row = {**shared.get(own["code"], {}), **own}
    condition = row.get("when")
    return ChecklistItem(
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        need=Need(row["need"]),
        form=Form(row.get("form", "copy")),
        copies=int(row.get("copies", 1)),
        deferrable=bool(row.get("deferrable", False)),
        hint_zh=row.get("hint_zh", ""),
        hint_en=row.get("hint_en", ""),
        material_class=MaterialClass(row.get("class", "secondary" if row.get("deferrable") else "critical")),
        condition=None if condition is None else condition_from_data(condition),
        pages=int(row.get("pages", 0)),
        payer=Payer(row.get("payer", "")),
        shared_by=row.get("shared_by", ""),
        tracks=frozenset(Track(track) for track in row.get("tracks", ("registration",))),
        verified=bool(row.get("verified", True)),
    )


def _subtype(entry: Mapping[str, Any]) -> Subtype:
    reasons = entry.get("single_reasons")
    return Subtype(
        entry["code"],
        entry["zh"],
        entry["en"],
        entry.get("needs_project"),
        None if reasons is None else frozenset(SingleReason(reason) for reason in reasons),
    )


def _filing(entry: Mapping[str, Any]) -> FilingRule:
    return FilingRule(
        Filing(entry.get("default", "single")),
        frozenset(SingleReason(reason) for reason in entry.get("single_reasons", ())),
        Obligor(entry.get("obligor", "none")),
    )
