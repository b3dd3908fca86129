"""The facts of a case that conditions of the data packs ask for."""

from __future__ import annotations

from datetime import date

from registration.application_value import Application
from registration.checklist import Checklist
from registration.compound_file import CompoundFile, Land
from registration.conditions import Fact, Facts
from registration.deferral import open_deferrals
from registration.documents import PartyKind
from registration.errors import InputError
from registration.filing import filing_of
from registration.inquiry import answer_facts
from registration.legacy import CaseSource, categories_of
from registration.parties import Party, Role, is_minor
from registration.property_unit import Household
from registration.signatures import drawn, on_paper
from registration.unit_codes import read_unit_code


def facts_of(
    application: Application,
    checklist: Checklist,
    household: Household | None,
    file: CompoundFile | None,
    *,
    today: date,
) -> Facts:
    """Return the facts of `conditions.FACTS` for one application, with its answers beside them."""
    parties = application.parties
    holders = application.right_holders
    subtype = checklist.subtype_or_default(application.subtype)
    rule = checklist.filing_rule(subtype)
    agents = [party.agent for party in parties if party.agent is not None]
    mortgage = application.mortgage
    facts: dict[str, Fact] = {
        "subtype": subtype,
        "filing": filing_of(rule, application.single_reason).value,
        "single_reason": application.single_reason.value if application.single_reason else "",
        "legal_person": any(party.kind is PartyKind.LEGAL for party in parties),
        "legal_obligor": any(p.kind is PartyKind.LEGAL and p.role is Role.OBLIGOR for p in parties),
        "agent": bool(agents),
        "mandates": frozenset(agent.mandate.kind.value for agent in agents),
        "minor": any(_under_guardianship(party, today) for party in parties),
        "minor_obligor": any(_under_guardianship(p, today) and p.role is Role.OBLIGOR for p in parties),
        "foreign_document": any(party.document_kind.foreign for party in parties),
        "shared": len(holders) > 1,
        "co_ownership": application.co_ownership.value if application.co_ownership else "",
        "separate_certificates": application.separate_certificates,
        "surveyed": household is not None and _is_surveyed(household.unit_code),
        "categories": frozenset(categories_of(file, application.categories)),
        "legacy": application.source is CaseSource.LEGACY,
        "on_delivery": application.source is CaseSource.ON_DELIVERY,
        "project": file.project_registration.value if file is not None else "",
        "developer_gone": file is not None and file.developer_gone,
        "arrears_separated": file is not None and file.arrears_separation,
        "tracks": frozenset(track.value for track in application.tracks),
        "cross_province": application.cross_province,
        "deferred": bool(open_deferrals(application.deferrals)),
        "substituted": bool(application.substitutions),
        "green_channel": application.green_channel is not None,
        "maximum_mortgage": mortgage is not None and mortgage.maximum,
        "mortgage_change": subtype if checklist.mortgage else "",
        "signed_on_paper": on_paper(application.signatures),
        "signed_on_pad": drawn(application.signatures),
        "land": (file.land if file is not None else Land.UNKNOWN).value,
    }
    return {**facts, **answer_facts(application.answers)}


def _under_guardianship(party: Party, today: date) -> bool:
    return party.guardian is not None or is_minor(party, today=today)


def _is_surveyed(unit_code: str) -> bool:
    try:
        code = read_unit_code(unit_code)
    except InputError:
        return False
    return code is not None and not code.temporary
