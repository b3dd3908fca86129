"""What stands in the way of an application: one pure function for board, notice, submission and centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from registration.application_value import Application, PageRef
from registration.case_facts import facts_of
from registration.certificates import parse_certificate_number
from registration.checklist import Checklist, Route
from registration.compound_file import CompoundFile, file_of
from registration.conditions import Facts
from registration.deferral import policy_from, problems_of_deferrals
from registration.errors import InputError, Problem
from registration.filing import problems_of_doubles, problems_of_filing
from registration.inquiry import problems_of_inquiry
from registration.legacy import (
    categories_of,
    problems_of_fast_track,
    problems_of_project,
    problems_of_substitutions,
)
from registration.materials import Row, Standing, problems_of_rows, rows_of
from registration.mortgage import problems_of_mortgage
from registration.packs import PackSet, shipped
from registration.parties import Role, problems_of
from registration.property_unit import Compound, Household, ProjectRegistration
from registration.shares import problems_of_shares
from registration.signatures import problems_of_signatures
from registration.signed_documents import digests, signers_of, wanted_documents
from registration.tracks import problems_of_tracks


def what_is_missing(
    application: Application,
    checklist: Checklist,
    pages: Sequence[PageRef],
    household: Household | None,
    compound: Compound | None,
    *,
    today: date,
    packs: PackSet | None = None,
    file: CompoundFile | None = None,
    documents: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Return every reason why the application cannot be submitted yet, in the order of the screen.

    One pure function for the board, the notice, the submit rule and the centre. `packs` are those that the
    application is judged by (the shipped ones where none are given), `file` what is known of the compound's
    project (what the compound itself says where none is given), `documents` the digests of what is signed, by
    code, as it stands now (built from the facts where none are given). A deferral or an opinion accounts for
    a paper; each is checked by its own rule.
    Source: 不动产登记暂行条例 arts. 14 and 16 to 18; 实施细则 art. 24 (no household case before the project's
    first registration); each part names its own.
    """
    packs = packs or shipped()
    if file is None and compound is not None:
        file = file_of(compound)
    facts = facts_of(application, checklist, household, file, today=today)
    rows = rows_of(application, checklist, pages, file, facts, packs)
    return (
        *_about_applicants(application, checklist, file, today),
        *_about_property(application, checklist, household, compound, file, facts, packs),
        *_about_type(application, checklist, today),
        *problems_of_rows(rows),
        *problems_of_deferrals(application.deferrals, checklist, policy_from(packs), today=today),
        *problems_of_substitutions(
            application.substitutions,
            checklist,
            categories_of(file, application.categories),
            packs,
            today=today,
        ),
        *problems_of_inquiry(
            application.answers, checklist, application.parties, application.co_ownership, facts, packs
        ),
        *problems_of_signatures(
            application.signatures,
            {
                code: signers_of(code, application.parties)
                for code in wanted_documents(application, checklist)
            },
            digests(application, checklist, household, compound, facts, packs)
            if documents is None
            else documents,
            [item.code for item in checklist.items],
        ),
    )


def board_of(
    application: Application,
    checklist: Checklist,
    pages: Sequence[PageRef],
    household: Household | None,
    compound: Compound | None,
    *,
    today: date,
    packs: PackSet | None = None,
    file: CompoundFile | None = None,
) -> tuple[Row, ...]:
    """Return the rows of the materials board: what is wanted, here or welcome, each with its standing.

    Rows whose condition does not hold are left out until it does; a row that has pages always stays.
    """
    if file is None and compound is not None:
        file = file_of(compound)
    facts = facts_of(application, checklist, household, file, today=today)
    rows = rows_of(application, checklist, pages, file, facts, packs or shipped())
    return tuple(row for row in rows if row.standing is not Standing.NOT_WANTED)


def _about_applicants(
    application: Application, checklist: Checklist, file: CompoundFile | None, today: date
) -> list[Problem]:
    found: list[Problem] = []
    for index, party in enumerate(application.parties):
        found += problems_of(party, today=today, where=_where(index))
    if not application.parties:
        found.append(Problem("name_missing", "applicant.name"))
    rule = checklist.filing_rule(application.subtype)
    gone = file is not None and file.developer_gone
    found += problems_of_filing(rule, application.single_reason, application.parties, developer_gone=gone)
    found += problems_of_doubles(application.parties)
    holders = [(i, p) for i, p in enumerate(application.parties) if p.role is Role.RIGHT_HOLDER]
    found += problems_of_shares(
        application.co_ownership,
        [party.share for _, party in holders],
        separate_certificates=application.separate_certificates,
        where=[_where(index) for index, _ in holders],
    )
    return found


def _about_property(
    application: Application,
    checklist: Checklist,
    household: Household | None,
    compound: Compound | None,
    file: CompoundFile | None,
    facts: Facts,
    packs: PackSet,
) -> list[Problem]:
    found: list[Problem] = []
    if checklist.needs_household and household is None:
        found.append(Problem("household_missing", "property.household"))
    elif household is not None and compound is not None and household.compound_id != compound.id:
        found.append(Problem("household_elsewhere", "property.household", {"compound": compound.name}))
    elif (
        file is not None
        and file.project_registration is ProjectRegistration.MISSING
        and checklist.wants_project(application.subtype)
    ):
        found.append(Problem("project_not_registered", "property.household", {"compound": file.name}))
    categories = categories_of(file, application.categories)
    found += problems_of_project(checklist, categories, file, application.source, facts, packs)
    return found


def _about_type(application: Application, checklist: Checklist, today: date) -> list[Problem]:
    found: list[Problem] = []
    type_words = {"type_zh": checklist.zh, "type_en": checklist.en}
    if checklist.route is Route.REDIRECT:
        found.append(Problem("type_redirected", "type.type", type_words))
    elif checklist.route is Route.APPOINTMENT:
        found.append(Problem("type_appointment", "type.type", type_words))
    if application.subtype and checklist.subtypes and checklist.subtype(application.subtype) is None:
        found.append(Problem("subtype_unknown", "type.subtype", type_words))
    elif "subtype" in checklist.demands and not application.subtype:
        found.append(Problem("subtype_missing", "type.subtype", type_words))
    if application.cross_province and not checklist.cross_province:
        found.append(Problem("cross_province", "type.cross_province", type_words))
    found += problems_of_tracks(application.tracks, checklist)
    if application.certificate_number.strip():
        try:
            parse_certificate_number(application.certificate_number, today=today)
        except InputError as error:
            found.append(Problem(error.code, "type.certificate_number", error.problem.params))
    found += problems_of_fast_track(
        application.no_fault, application.green_channel, bool(application.substitutions), today=today
    )
    if checklist.mortgage:
        subtype = checklist.subtype_or_default(application.subtype)
        found += problems_of_mortgage(application.mortgage, subtype, application.parties)
    return found


def _where(index: int) -> str:
    return f"applicant.{index}" if index else "applicant"
