"""Data packs of the feed: in force at once for what begins, never for what has begun, and never harmful."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from registration.application import Application
from registration.checklist import checklist_from_pack
from registration.compound_file import CompoundFile, Land
from registration.errors import InputError, RuleError
from registration.inquiry import Answer
from registration.packs import FEES, INQUIRY, RULE_PACKS, TYPES, shipped
from storage import applications, audit, feed, packs, reference
from storage.rows import scalar
from tests.storage.evening import COMPOUND, NOW, TYPE, Evening

TODAY = NOW.date()


def newer(name: str, change: Callable[[dict[str, Any]], object], version: str = "2099.1") -> dict[str, Any]:
    """Return the feed's item of a shipped pack with one thing changed."""
    body = copy.deepcopy(dict(shipped()[name]))
    body.update(version=version, effective_from="2026-11-01")
    change(body)
    envelope: dict[str, Any] = {
        key: body[key] for key in ("name", "version", "source", "effective_from") if key in body
    }
    return {**envelope, "body": body}


def wanting_a_proof(body: dict[str, Any]) -> None:
    row = {
        "code": "heating_proof", "zh": "供热缴费证明", "en": "Proof of heating paid", "need": "required",
        "form": "copy", "class": "critical",
    }  # fmt: skip
    body["types"][TYPE]["items"].append(row)


def asking_about_heating(body: dict[str, Any]) -> None:
    body["questions"]["heating"] = {
        "zh": "供热费是否结清？", "en": "Is heating paid?", "kind": "yes_no", "roles": ["right_holder"],
        "must_be": "yes",
    }  # fmt: skip


def take(evening: Evening, seq: int, kind: str, body: dict[str, Any]) -> Any:
    return evening.write(feed.apply_feed, NOW, [{"seq": seq, "kind": kind, "body": body}], seq)


def kept(evening: Evening) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in evening.sql("SELECT kind, why FROM feed_kept ORDER BY seq")]


def submit_lacking(evening: Evening, draft: Application) -> set[str]:
    """Return the codes of what stands in the way of submitting a draft; none where it went."""
    try:
        evening.submit(draft.id)
    except RuleError as error:
        return {str(problem.params.get("item", problem.code)) for problem in error.problems}
    return set()


def test_a_draft_is_pinned_to_every_pack_it_is_judged_by(evening: Evening) -> None:
    draft = evening.start()
    assert set(draft.pack_versions) == set(RULE_PACKS)
    assert evening.read(packs.pack_set, draft.pack_versions) == shipped()


def test_a_newer_checklist_holds_for_what_begins_and_not_for_what_has_begun(evening: Evening) -> None:
    begun = evening.complete()
    assert take(evening, 2, "pack", newer(TYPES, wanting_a_proof)).reference
    later = evening.complete()
    assert begun.pack_versions[TYPES] != later.pack_versions[TYPES] == "2099.1"
    then = evening.read(reference.checklist, TYPE, begun.pack_versions[TYPES])
    assert then == checklist_from_pack(shipped()[TYPES], TYPE)
    assert evening.read(reference.checklist, TYPE).item("heating_proof") is not None
    assert submit_lacking(evening, begun) == set()
    with pytest.raises(RuleError) as refused:
        evening.submit(later.id)
    assert [problem.field for problem in refused.value.problems] == ["materials.heating_proof"]
    evening.add(later.id, "heating_proof")
    assert submit_lacking(evening, later) == set()


def test_a_newer_question_is_asked_in_what_begins_and_not_in_what_has_begun(evening: Evening) -> None:
    begun = evening.complete()

    def asks(body: dict[str, Any]) -> None:
        body["types"][TYPE]["inquiry"] = ["heating"]
        body["types"][TYPE]["demands"] = ["inquiry"]

    take(evening, 2, "pack", newer(INQUIRY, asking_about_heating))
    take(evening, 3, "pack", newer(TYPES, asks))
    later = replace(evening.complete(), answers=())
    evening.save(later)
    assert submit_lacking(evening, begun) == set()
    with pytest.raises(RuleError) as refused:
        evening.submit(later.id)
    assert {problem.field for problem in refused.value.problems} == {"inquiry.heating"}
    evening.save(replace(later, answers=(Answer("heating", "yes"),)))
    assert submit_lacking(evening, later) == set()


def test_a_draft_is_renewed_only_when_asked_and_says_so_in_its_history(evening: Evening) -> None:
    begun = evening.complete()
    assert evening.read(packs.newer_versions, begun, TODAY) == {}
    take(evening, 2, "pack", newer(TYPES, wanting_a_proof))
    own = str(shipped()[TYPES]["version"])
    assert evening.read(packs.newer_versions, begun, TODAY) == {TYPES: (own, "2099.1")}
    changes, renewed = evening.write(packs.renew, evening.who, NOW, begun.id)
    assert changes.applications == {begun.id}
    assert renewed == replace(begun, pack_versions={**begun.pack_versions, TYPES: "2099.1"})
    assert evening.read(applications.application, begun.id) == renewed
    assert evening.read(packs.newer_versions, renewed, TODAY) == {}
    (last, *_) = evening.read(audit.history, begun.id)
    assert (last.action, last.details) == ("draft_renewed", {"packs": {TYPES: [own, "2099.1"]}})
    assert submit_lacking(evening, begun)
    assert evening.write(packs.renew, evening.who, NOW, begun.id)[0].applications == frozenset()


def test_what_is_submitted_keeps_its_rules_and_so_does_a_draft_of_a_type_that_went(evening: Evening) -> None:
    receipt, draft = evening.submitted(), evening.start()

    def without(body: dict[str, Any]) -> None:
        del body["types"][TYPE]
        body["order"] = [code for code in body.get("order", []) if code != TYPE]
        body["offered"] = [code for code in body.get("offered", []) if code != TYPE] or list(body["types"])

    take(evening, 2, "pack", newer(TYPES, without))
    for application_id, code in ((receipt.application_id, "not_a_draft"), (draft.id, "type_gone")):
        with pytest.raises(InputError) as refused:
            evening.write(packs.renew, evening.who, NOW, application_id)
        assert refused.value.code == code
    assert evening.read(applications.application, draft.id) == draft


@pytest.mark.parametrize(
    "harm",
    [
        lambda body: body.pop("types"),
        lambda body: body["types"][TYPE].pop("items"),
        lambda body: body["types"][TYPE]["items"].append("no_such_row"),
        lambda body: body["types"][TYPE]["items"].append(
            {"code": "x", "zh": "甲", "en": "A", "need": "maybe"}
        ),
        lambda body: body.update(types=[]),
        lambda body: body.pop("source"),
    ],
)
def test_a_pack_that_the_rules_would_stumble_over_is_kept_aside(evening: Evening, harm: Any) -> None:
    take(evening, 2, "pack", newer(TYPES, harm))
    assert [kind for kind, _ in kept(evening)] == ["pack"]
    assert evening.read(packs.pack_set) == shipped()
    assert evening.start().pack_versions == shipped().rule_versions()


def test_a_stored_pack_that_this_program_cannot_read_is_passed_over(evening: Evening) -> None:
    """As an earlier program may have stored it, which looked less closely."""
    evening.sql(
        "INSERT INTO packs (name, version, source, effective_from, body, received_at, shipped)"
        " VALUES (?, '2098.1', 's', '2026-01-01', '{\"types\": 3}', '2026-01-01', 0)",
        TYPES,
    )
    assert evening.read(packs.pack_set) == shipped()
    assert evening.start().pack_versions == shipped().rule_versions()


def test_a_pack_of_a_name_that_this_program_does_not_know_waits_for_a_newer_program(evening: Evening) -> None:
    fact = {"name": "drones", "version": "1", "source": "s", "effective_from": "2026-01-01", "body": {"a": 1}}
    assert take(evening, 2, "pack", fact).reference
    assert evening.read(packs.pack, "drones", "1")["a"] == 1
    assert evening.read(packs.pack_set) == shipped()


def test_an_older_pack_never_takes_a_newer_one_s_place(evening: Evening) -> None:
    for seq, version in ((2, "2099.10"), (3, "2099.9"), (4, "1.0")):
        take(evening, seq, "pack", newer(FEES, lambda body: None, version))
    assert evening.read(packs.pack, FEES)["version"] == "2099.10"
    assert evening.read(packs.pack, FEES, "1.0")["version"] == "1.0"
    absent: tuple[tuple[str, str], ...] = ((FEES, "3"), ("none", ""), ("../wording", ""), ("../wording", "1"))
    for name, version in absent:
        with pytest.raises(KeyError):
            evening.read(packs.pack, name, version or None)


def test_a_version_never_changes_once_it_is_stored(evening: Evening) -> None:
    fact = newer(FEES, lambda body: None)
    assert take(evening, 2, "pack", fact).reference
    again = {**fact, "body": {**fact["body"], "source": "elsewhere"}}
    assert not take(evening, 3, "pack", again).reference
    assert evening.read(packs.pack, FEES)["source"] == fact["source"]
    assert evening.read(lambda db: scalar(db, "SELECT count(*) FROM packs WHERE name = ?", (FEES,))) == 1


def test_a_pack_is_in_force_from_its_day_on(evening: Evening) -> None:
    take(evening, 2, "pack", newer(TYPES, lambda body: body.update(effective_from="2027-01-01")))
    assert evening.start().pack_versions == shipped().rule_versions()
    assert evening.read(lambda db: packs.pack_set(db, today=date(2027, 1, 1)))[TYPES]["version"] == "2099.1"
    evening.now = NOW.replace(year=2027)
    assert evening.start().pack_versions[TYPES] == "2099.1"


# -- the file of a compound ---------------------------------------------------------------------------------

FACTS: dict[str, Any] = {
    "land": "state", "listed": True, "sold_on": "2012-06-01", "urban_housing": True, "hard_stops": [],
    "developer_gone": True, "arrears_basis": "专题会议纪要〔2024〕3号", "policy": "",
    "substitute_applicant": "街道办",
}  # fmt: skip


def test_the_file_of_a_compound_comes_by_the_feed_and_counts_in_the_rules(evening: Evening) -> None:
    before = evening.read(reference.compound_file, "c1")
    assert before == CompoundFile("c1", "金河湾", before.project_registration, ("D02",), developer="金河置业")
    take(evening, 2, "compound", {**COMPOUND, "file": FACTS})
    file = evening.read(reference.compound_file, "c1")
    assert (file.land, file.listed, file.sold_on, file.developer_gone) == (
        Land.STATE,
        True,
        "2012-06-01",
        True,
    )
    assert file.substitute_applicant == "街道办"
    take(evening, 3, "compound", {key: COMPOUND[key] for key in COMPOUND if key != "households"})
    assert evening.read(reference.compound_file, "c1") == file, "an item without a file leaves it"
    (stop, *_) = shipped()["problem_categories"]["hard_stops"]
    draft = evening.complete()
    take(evening, 4, "compound", {**COMPOUND, "file": {**FACTS, "hard_stops": [stop]}})
    assert "hard_stop" in submit_lacking(evening, draft)
    with pytest.raises(KeyError):
        evening.read(reference.compound_file, "elsewhere")


@pytest.mark.parametrize(
    "wrong", [{"listed": "yes"}, {"hard_stops": "all"}, {"developer_gone": None}, {"sold_on": 2012}]
)
def test_a_file_with_facts_of_the_wrong_kind_is_kept_aside(evening: Evening, wrong: dict[str, Any]) -> None:
    before = evening.read(reference.compound_file, "c1")
    take(evening, 2, "compound", {**COMPOUND, "name": "别处", "file": {**FACTS, **wrong}})
    assert kept(evening) == [("compound", "TypeError")]
    assert evening.read(reference.compound_file, "c1") == before
    take(evening, 3, "compound", {**COMPOUND, "file": {"land": "lunar", "colour": "red"}})
    assert evening.read(reference.compound_file, "c1").land is Land.UNKNOWN
