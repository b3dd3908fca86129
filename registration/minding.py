"""What does not stop an application but is worth minding: rare names, temporary codes, open promises."""

from __future__ import annotations

from datetime import date

from registration.application_value import Application
from registration.checklist import Checklist
from registration.compound_file import CompoundFile, Land
from registration.deferral import open_deferrals, words_of
from registration.documents import parse_document
from registration.errors import InputError, Problem
from registration.legacy import CaseSource, categories_of, policy_of
from registration.materials import Row, Standing
from registration.names import may_be_cut, rare_characters, unmapped_private_use
from registration.packs import CATEGORIES, DIVISIONS, PackSet
from registration.parties import DocumentKind, Party
from registration.property_unit import Household
from registration.unit_codes import read_unit_code


def what_to_mind(
    application: Application,
    checklist: Checklist,
    rows: tuple[Row, ...],
    household: Household | None,
    file: CompoundFile | None,
    packs: PackSet,
    *,
    today: date,
) -> tuple[Problem, ...]:
    """Return what operator and reviewer should know of, in the order of the screen; none of it blocks.

    `rows` are those of `materials.rows_of`.
    Source: GB 18030-2022 and the chip's room for a name (rare and cut names), GB/T 37346-2018 (temporary unit
    codes), 条例 art. 24 (shared data is looked up by the centre), 民法典 arts. 220 and 221 (what lapses).
    """
    found: list[Problem] = []
    for index, party in enumerate(application.parties):
        found += about_party(party, f"applicant.{index}" if index else "applicant", packs, today=today)
    if household is not None:
        found += _unit_code(household.unit_code)
    known = packs[CATEGORIES]["categories"]
    found += [
        Problem("category_unknown", "property.household", {"category": code})
        for code in categories_of(file, application.categories)
        if code not in known
    ]
    if application.source is CaseSource.LEGACY and file is not None:
        found += _scope(file, packs)
    type_words = {"type_zh": checklist.zh, "type_en": checklist.en}
    if checklist.lapse_days:
        found.append(Problem("lapses", "type.type", {**type_words, "days": str(checklist.lapse_days)}))
    for row in rows:
        if row.standing is Standing.TO_VERIFY:
            words = words_of(row.item, row.item.code)
            found.append(Problem("shared_to_verify", f"materials.{row.item.code}", words))
    for deferral in open_deferrals(application.deferrals):
        item = checklist.item(deferral.item_code)
        words = {**words_of(item, deferral.item_code), "date": deferral.due}
        found.append(Problem("deferral_open", f"materials.{deferral.item_code}", words))
    return tuple(found)


def about_party(party: Party, where: str, packs: PackSet, *, today: date) -> tuple[Problem, ...]:
    """Return what is worth minding about one party, each tied to `where.field`."""
    found = []
    name = party.name_raw or party.name
    private = unmapped_private_use(name)
    rare = [c for c in rare_characters(name) if c not in private and c.isprintable()]
    if rare:
        found.append(Problem("name_rare", f"{where}.name", {"characters": "".join(rare)}))
    if private:
        found.append(Problem("name_private", f"{where}.name", {"count": str(len(private))}))
    if party.name_raw and may_be_cut(party.name_raw):
        found.append(Problem("name_may_be_cut", f"{where}.name"))
    if party.document_number.strip() and not party.machine_read:
        found.append(Problem("not_machine_read", f"{where}.id_number"))
    division = _division(party, today)
    if division in packs[DIVISIONS]["retired"]:
        found.append(Problem("division_retired", f"{where}.id_number", {"division": division}))
    return tuple(found)


def _division(party: Party, today: date) -> str:
    if party.document_kind is not DocumentKind.ID_CARD:
        return ""
    try:
        return parse_document(party.document_kind, party.document_number, today=today).number[:6]
    except InputError:
        return ""


def _unit_code(text: str) -> list[Problem]:
    try:
        code = read_unit_code(text)
    except InputError:
        return [Problem("unit_code", "property.household")]
    if code is None:
        return [Problem("unit_code_missing", "property.household")]
    return [Problem("unit_code_temporary", "property.household")] if code.temporary else []


def _scope(file: CompoundFile, packs: PackSet) -> list[Problem]:
    policy = policy_of(file, packs)
    open_points = {
        "土地性质": ("the land's owner", file.land is Land.UNKNOWN),
        "是否城镇住宅": ("whether it is urban housing", file.urban_housing is None),
        "建成出售日期": ("when it was built and sold", bool(policy.get("scope_until")) and not file.sold_on),
        "是否纳入任务台账": (
            "whether it is on the task list",
            bool(policy.get("list_required")) and file.listed is None,
        ),
    }
    return [
        Problem("scope_unknown", "type.source", {"what_zh": zh, "what_en": en})
        for zh, (en, is_open) in open_points.items()
        if is_open
    ]
