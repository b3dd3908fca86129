"""Other open cases of the same household or person, here and in the centre's ledger; other names of homes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from registration.application import Application, CaseState
from registration.parties import Party, Role
from registration.person_key import people_of, person_key
from storage import aliases, duplicates, feed, reference
from storage.duplicates import Duplicate
from storage.rows import rows
from tests.storage.evening import COMPOUND, PERSON, Evening

OTHER = Party(name="李桂芳", document_number="620102196203041226", phone="13893104568")


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    found = Evening(tmp_path)
    found.open_session()
    yield found
    found.close()


def look(evening: Evening, application: Application) -> tuple[Duplicate, ...]:
    return evening.read(duplicates.duplicates, application)


def tell(evening: Evening, seq: int, **changes: Any) -> None:
    """Let the centre say that another device has a case."""
    fact = {
        "application_id": "far-1",
        "household_id": "h-2-101",
        "type_code": "new_housing_transfer",
        "state": "accepted",
        "receipt_number": "620102-B07-20261120-0004",
        "device_code": "B07",
        "people": [person_key(OTHER.document_number)],
        **changes,
    }
    evening.write(feed.apply_feed, evening.now, [{"seq": seq, "kind": "ledger", "body": fact}], seq)


def draft(evening: Evening, household: str, *parties: Party) -> Application:
    application = replace(evening.start(household), parties=parties)
    evening.save(application, "")
    return application


def test_the_same_household_is_found_whoever_applies(evening: Evening):
    first = draft(evening, "h-2-101", PERSON)
    second = draft(evening, "h-2-101", OTHER)
    (found,) = look(evening, second)
    assert found.application_id == first.id
    assert (found.same_household, found.same_person, found.elsewhere) == (True, False, "")
    assert (found.applicant_name, found.state) == ("张立群", CaseState.DRAFT)
    assert (
        look(evening, draft(evening, "h-2-102", OTHER))
        and look(evening, replace(first, household_id="")) == ()
    )


def test_the_same_person_is_found_however_the_number_was_typed(evening: Evening):
    first = draft(evening, "h-2-101", OTHER, PERSON)
    typed = replace(PERSON, name="张力群", document_number=" ６２０１０２ 19850307 1231")
    (found,) = look(evening, draft(evening, "h-3-101", typed))
    assert (found.application_id, found.same_household, found.same_person) == (first.id, False, True)


def test_a_name_or_a_telephone_alone_says_nothing(evening: Evening):
    draft(evening, "h-2-101", PERSON)
    same = replace(OTHER, name=PERSON.name, phone=PERSON.phone)
    assert look(evening, draft(evening, "h-3-101", same)) == ()
    numbered = replace(OTHER, document_number=PERSON.phone)  # the index has it, as a telephone
    assert look(evening, replace(draft(evening, "h-3-102", OTHER), parties=(numbered,))) == ()


def test_the_other_side_of_a_case_counts_as_a_person_too(evening: Evening):
    seller = replace(PERSON, role=Role.OBLIGOR)
    draft(evening, "h-2-101", OTHER, seller)
    (found,) = look(evening, draft(evening, "h-10-101", PERSON))
    assert found.same_person


def test_a_closed_case_warns_nobody(evening: Evening):
    first = draft(evening, "h-2-101", PERSON)
    second = draft(evening, "h-2-101", PERSON)
    assert look(evening, second)
    evening.sql("UPDATE applications SET state = 'withdrawn' WHERE id = ?", first.id)
    assert look(evening, second) == ()


def test_the_centres_ledger_counts_and_its_latest_word_wins(evening: Evening):
    tell(evening, 21)
    mine = draft(evening, "h-2-101", PERSON)
    (found,) = look(evening, mine)
    assert (found.elsewhere, found.same_household, found.applicant_name) == ("B07", True, "")
    assert found.property_label == "2号楼 2单元 101"
    (of_person,) = look(evening, draft(evening, "h-3-101", OTHER))
    assert of_person.same_person and not of_person.same_household
    tell(evening, 22, household_id="h-2-102", people=[])
    assert look(evening, mine) == ()
    assert [found.elsewhere for found in look(evening, replace(mine, parties=(OTHER,)))] == [""]
    tell(evening, 23, state="certificate_issued")
    assert look(evening, mine) == ()


def test_a_case_of_this_device_is_not_told_twice(evening: Evening):
    first = draft(evening, "h-2-101", PERSON)
    tell(evening, 21, application_id=first.id, people=list(people_of(first)))
    (found,) = look(evening, draft(evening, "h-2-101", PERSON))
    assert (found.application_id, found.elsewhere) == (first.id, "")


@pytest.mark.parametrize(
    "broken", [{"state": "no such state"}, {"people": ["short"]}, {"application_id": ""}]
)
def test_a_malformed_ledger_item_is_kept_aside(evening: Evening, broken: dict[str, Any]):
    tell(evening, 21, **broken)
    assert evening.sql("SELECT count(*) FROM feed_kept") == [(1,)]
    assert evening.sql("SELECT count(*) FROM ledger") == [(0,)]


def test_six_are_enough(evening: Evening):
    for _ in range(9):
        draft(evening, "h-2-101", PERSON)
    assert len(look(evening, draft(evening, "h-2-101", PERSON))) == 6


def test_no_table_is_walked_whole(evening: Evening):
    mine = draft(evening, "h-2-101", PERSON, OTHER)
    asked: list[str] = []

    def read(db: Any) -> None:
        db.conn.set_trace_callback(asked.append)
        duplicates.duplicates(db, mine)
        db.conn.set_trace_callback(None)
        for sql in [each for each in asked if each.startswith(("SELECT", "WITH"))]:
            plan = [row["detail"] for row in rows(db, f"EXPLAIN QUERY PLAN {sql}")]
            walked = [step for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
            assert not [step for step in walked if step.split()[1] in TABLES], plan

    evening.store.read(read)
    assert len(asked) >= 3


TABLES = {"applications", "a", "b", "application_bodies", "ledger", "l", "ledger_people", "households", "h"}


def test_homes_are_known_by_other_names_until_the_centre_takes_them_back(evening: Evening):
    homes = [{**unit, "aliases": ["老三栋 501", " ", "老三栋 501"]} for unit in COMPOUND["households"][:1]]
    named = {**COMPOUND, "aliases": ["纺织厂家属院"], "households": homes + COMPOUND["households"][1:]}
    evening.write(feed.apply_feed, evening.now, [{"seq": 31, "kind": "compound", "body": named}], 31)
    assert evening.read(aliases.of_compound, "c1") == ("纺织厂家属院",)
    cells = {cell.household.id: cell for cell in evening.read(reference.households, "c1")}
    assert cells["h-2-101"].aliases == ("老三栋 501",) and cells["h-2-102"].aliases == ()
    evening.write(feed.apply_feed, evening.now, [{"seq": 32, "kind": "compound", "body": COMPOUND}], 32)
    assert evening.read(aliases.of_compound, "c1") == ("纺织厂家属院",)  # an item that says nothing of them
    bare = {**named, "aliases": [], "households": COMPOUND["households"][1:]}
    evening.write(feed.apply_feed, evening.now, [{"seq": 33, "kind": "compound", "body": bare}], 33)
    assert evening.read(aliases.of_compound, "c1") == ()
    assert evening.sql("SELECT count(*) FROM household_aliases") == [
        (0,)
    ]  # the home went, and its names with it


def test_a_home_that_is_not_surveyed_keeps_its_temporary_code(evening: Evening):
    codes = ["", "620102001001", "620102001001GB00007", "620102001001GB00007F0003"]
    homes = [{**unit, "unit_code": code} for unit, code in zip(COMPOUND["households"], codes, strict=False)]
    body = {**COMPOUND, "households": homes}
    evening.write(feed.apply_feed, evening.now, [{"seq": 31, "kind": "compound", "body": body}], 31)
    stored = {
        cell.household.id: cell.household.unit_code for cell in evening.read(reference.households, "c1")
    }
    assert [stored[home["id"]] for home in homes] == codes
