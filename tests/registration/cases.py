"""An invented case that lacks nothing, and the small changes by which the rules are tried."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from registration.application_value import Application, PageRef
from registration.checklist import Checklist, checklist_from_pack
from registration.compound_file import CompoundFile, file_of
from registration.errors import Problem
from registration.legacy import NoFault
from registration.missing import what_is_missing
from registration.packs import TYPES, PackSet, shipped
from registration.parties import DocumentKind, Party, Role
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.wording import LANGUAGES, catalogue, say
from tests.registration.strategies import TODAY

BUYER = Party(name="张立群", document_number="11010519491231002X", phone="13812345678")
WIFE = Party(name="魏秀英", document_number="620102196203041226", phone="13893104567")
SELLER = Party(
    Role.OBLIGOR,
    "金河置业",
    DocumentKind.BUSINESS_LICENCE,
    "91350100M000100Y43",
    "0931-8765432",
    representative="李建国",
)
CHILD = Party(name="张小宝", document_number="620102201501017711", phone="13812345678")
COMPOUND = Compound("c1", "雁滩花园", "620102", "雁滩路 18 号", "金河置业", ProjectRegistration.REGISTERED)
HOUSEHOLD = Household(
    "h1", "c1", "3号楼", "2单元", 12, "1201", "620102001002GB00003F00010001", "98.5", "雁滩路 18 号"
)
NO_FAULT = NoFault("雁滩花园专班", "2026-10-08", "专班会议纪要〔2026〕3号")


def checklist(type_code: str = "new_housing_transfer", **changes: Any) -> Checklist:
    """Return a type's checklist; the inquiry and the signatures are demanded only where a test says so."""
    found = checklist_from_pack(shipped()[TYPES], type_code)
    return replace(found, **{"demands": found.demands - {"inquiry", "signatures"}, **changes})


def page(item: str, ordinal: int = 1) -> PageRef:
    return PageRef(f"{item}-{ordinal}", item, ordinal, "a" * 64, "b" * 64, 1000, 5000, 1240, 1754)


def application(type_code: str = "new_housing_transfer", **changes: Any) -> Application:
    made = Application("a1", type_code, "s1", parties=(BUYER,), household_id="h1")
    return replace(made, **changes)


BASE = ("application_form", "identity", "purchase_contract", "invoice", "maintenance_fund")


def problems(
    case: Application | None = None,
    *,
    papers: tuple[str, ...] = BASE,
    household: Household | None = HOUSEHOLD,
    compound: Compound | None = COMPOUND,
    file: CompoundFile | None = None,
    rules: Checklist | None = None,
    packs: PackSet | None = None,
    documents: dict[str, str] | None = None,
) -> tuple[Problem, ...]:
    case = case or application()
    found = what_is_missing(
        case,
        rules or checklist(case.type_code),
        [page(item) for item in papers],
        household,
        compound,
        today=TODAY,
        packs=packs,
        file=file,
        documents=documents,
    )
    for problem in found:
        assert problem.field, problem.code
        said = [say(problem, language) for language in LANGUAGES]
        assert all(words.title and words.what and words.remedy and "—" not in words.what for words in said)
        assert str(said[0]) != str(said[1]), problem.code
        assert problem.code in catalogue()
    return found


def codes(*args: Any, **named: Any) -> list[str]:
    return [problem.code for problem in problems(*args, **named)]


def file(**changes: Any) -> CompoundFile:
    return replace(file_of(COMPOUND), **changes)
