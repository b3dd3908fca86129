"""The centre judges by the versions a case was taken in with, keeps them all, and tells what it finds."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registration.application import CaseState
from registration.central_checks import CheckResult
from registration.checklist import Payer, Track
from registration.compound_file import Land
from registration.packs import TYPES, shipped
from registration.tracks import TrackState, TrackStatus, may_turn
from server.errors import RefusedError
from server.store import reference
from server.store.database import transaction
from server.store.packs import pack_set, versions_of
from server.store.review import Decision, case, decide, report
from tests.server.window import Page, Window
from tests.storage.test_packs import newer, wanting_a_proof

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
RULES = dict(shipped().rule_versions())


@pytest.fixture
def stricter(engine: Engine) -> Any:
    """A checklist of version 2099.1 that wants one paper more, gone afterwards."""
    body = newer(TYPES, wanting_a_proof)["body"]
    with transaction(engine) as connection:
        assert reference.add_pack(connection, NOW, body)
    yield "2099.1"
    with transaction(engine) as connection:
        connection.execute(text("DELETE FROM packs WHERE version = '2099.1'"))


def test_a_case_is_judged_by_the_versions_it_was_taken_in_with(window: Window, stricter: str) -> None:
    before = window.event(window.pages(size=60), pack_versions=RULES)
    assert window.outcome(before)["result"] == "applied"
    after = window.event(window.pages(size=60), pack_versions={**RULES, TYPES: stricter})
    told = window.outcome(after)
    assert told["result"] == "refused" and "供热缴费证明" in told["zh"]
    unpinned = window.event(window.pages(size=60))
    assert "供热缴费证明" in window.outcome(unpinned)["zh"], "what names no version is judged by the newest"


def test_a_version_that_the_centre_never_had_is_refused_with_words(window: Window, engine: Engine) -> None:
    event = window.event(window.pages(size=60), pack_versions={**RULES, TYPES: "2031.7"})
    told = window.outcome(event)
    assert (told["result"], told["code"]) == ("refused", "unknown_pack_version")
    assert "规则版本" in told["zh"] and "published" in told["en"]
    with transaction(engine) as connection:
        assert pack_set(connection, versions_of({TYPES: "2031.7"}), date(2026, 11, 24)) is None


def test_a_published_pack_goes_down_and_a_spoiled_one_is_not_published(
    window: Window, engine: Engine
) -> None:
    _, cursor = window.all_changes()
    spoiled = dict(newer(TYPES, lambda body: body.pop("types"), "2098.1")["body"])
    with pytest.raises(RefusedError) as refused, transaction(engine) as connection:
        reference.add_pack(connection, NOW, spoiled)
    assert refused.value.code == "pack_malformed"
    fees = newer("fees", lambda body: None, "2098.2")["body"]
    with transaction(engine) as connection:
        assert reference.add_pack(connection, NOW, fees)
        assert not reference.add_pack(connection, NOW, fees)
        assert pack_set(connection, frozenset(), date(2026, 11, 24))["fees"]["version"] == "2098.2"  # type: ignore[index]
    (item,) = [i for i in window.all_changes(cursor)[0] if i["kind"] == "pack"]
    assert item["body"]["version"] == "2098.2"


def test_the_file_of_a_compound_goes_down_and_counts_here_too(window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    (stop, *_) = shipped()["problem_categories"]["hard_stops"]

    def put(facts: dict[str, Any]) -> None:
        with transaction(engine) as connection:
            reference.put_compound_file(connection, NOW, "demo-jinhewan", facts)

    put({"land": "state", "hard_stops": [stop]})
    try:
        (item,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "compound"]
        assert (item["file"]["land"], item["file"]["hard_stops"]) == ("state", [stop])
        assert "households" not in item
        assert window.outcome(window.event(window.pages(size=60)))["code"] == "hard_stop"
    finally:
        put({"hard_stops": []})
    assert window.outcome(window.event(window.pages(size=60)))["result"] == "applied"
    with transaction(engine) as connection:
        file = reference.compound_files(connection, ["demo-jinhewan"])["demo-jinhewan"]
        assert file.land is Land.STATE and file.hard_stops == ()
    for wrong in ({"listed": "yes"}, {"hard_stops": 3}):
        with pytest.raises(RefusedError) as refused:
            put(wrong)
        assert refused.value.code == "file_malformed"


# -- checks and tracks --------------------------------------------------------------------------------------


def submit(window: Window, **application: Any) -> str:
    pages = window.pages(size=60)
    if "tax" in application.get("tracks", ()):
        pages.append(Page("housing_statement", secrets.token_bytes(40), secrets.token_bytes(50)))
    event = window.event(pages, **application)
    assert window.outcome(event)["result"] == "applied"
    window.upload_all(pages)
    return str(event["application_id"])


def reported(engine: Engine, application_id: str, **found: Any) -> dict[str, Any]:
    with transaction(engine) as connection:
        return report(connection, NOW, application_id, "test", **found)


def decided(engine: Engine, application_id: str, state: CaseState, **more: Any) -> dict[str, Any]:
    with transaction(engine) as connection:
        return decide(connection, NOW, application_id, Decision(state, "test", **more))


def test_what_is_found_goes_down_and_stands_in_the_case(window: Window, engine: Engine) -> None:
    application_id = submit(window)
    _, cursor = window.all_changes()
    found = {"seizure": (CheckResult.STOPS, "预查封"), "objection": (CheckResult.PASSED, "")}
    status = reported(engine, application_id, checks=found)
    (item,) = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "status"]
    assert item == status and item["state"] == "received"
    said = {check["code"]: (check["result"], check["note"]) for check in item["checks"]}
    assert said == {"seizure": ("stops", "预查封"), "objection": ("passed", "")}
    assert "tracks" not in item
    _, cursor = window.all_changes()
    reported(engine, application_id, checks=found)
    assert window.all_changes(cursor)[0] == [], "what is so already is not told again"
    with transaction(engine) as connection:
        known = {check.code: check for check in case(connection, application_id)["checks"]}
    assert known["seizure"].result is CheckResult.STOPS and known["pending"].result is CheckResult.WAITING
    with pytest.raises(RefusedError) as refused:
        reported(engine, application_id, checks={"weather": (CheckResult.PASSED, "")})
    assert refused.value.code == "unknown_check"


def test_nothing_is_registered_against_a_check_that_stops(window: Window, engine: Engine) -> None:
    application_id = submit(window)
    decided(engine, application_id, CaseState.ACCEPTED)
    reported(engine, application_id, checks={"seizure": (CheckResult.STOPS, "")})
    with pytest.raises(RefusedError) as refused:
        decided(engine, application_id, CaseState.REGISTERED)
    assert refused.value.code == "check_stops"
    reported(engine, application_id, checks={"seizure": (CheckResult.PASSED, "已解封")})
    assert decided(engine, application_id, CaseState.REGISTERED)["state"] == "registered"


@pytest.mark.parametrize("owed_by", [Payer.DEVELOPER, Payer.BUYER])
def test_only_the_developer_s_own_debt_does_not_hold_up_a_certificate(
    window: Window, engine: Engine, owed_by: Payer
) -> None:
    """The compound's arrears are kept apart (证缴分离)."""
    application_id = submit(window, tracks=["registration", "tax"])
    held = TrackStatus(Track.TAX, TrackState.HELD_UP, owed_by, "契税")
    reported(engine, application_id, tracks=[held])
    decided(engine, application_id, CaseState.ACCEPTED)
    decided(engine, application_id, CaseState.REGISTERED)
    if owed_by is Payer.BUYER:
        with pytest.raises(RefusedError) as refused:
            decided(engine, application_id, CaseState.CERTIFICATE_ISSUED, certificate_number="1")
        assert refused.value.code == "track_open"
        for state in (TrackState.UNDER_WAY, TrackState.DONE):
            reported(engine, application_id, tracks=[TrackStatus(Track.TAX, state)])
    status = decided(engine, application_id, CaseState.CERTIFICATE_ISSUED, certificate_number="1")
    assert status["tracks"][0]["track"] == "tax"


@pytest.mark.parametrize("first", TrackState)
def test_a_track_goes_its_own_way_step_by_step(window: Window, engine: Engine, first: TrackState) -> None:
    ways = {
        TrackState.WAITING: (),
        TrackState.UNDER_WAY: (TrackState.UNDER_WAY,),
        TrackState.HELD_UP: (TrackState.HELD_UP,),
        TrackState.DONE: (TrackState.UNDER_WAY, TrackState.DONE),
        TrackState.NOT_ASKED: (TrackState.NOT_ASKED,),
    }
    for then in TrackState:
        application_id = submit(window, tracks=["registration", "tax"])
        for state in ways[first]:
            reported(engine, application_id, tracks=[TrackStatus(Track.TAX, state)])
        try:
            reported(engine, application_id, tracks=[TrackStatus(Track.TAX, then)])
            went = True
        except RefusedError as refused:
            went = False
            assert refused.code == "track_forbidden"
        assert went == (may_turn(first, then) or first is then)
