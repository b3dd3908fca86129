"""Originals go after the acknowledgement and the rule's days, with a certificate; in no other case."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from registration.retention import RetentionRule, retention_rule
from storage import audit, operations, outbox, retention
from storage.page_check import check_pages
from storage.page_rows import known_digests
from tests.storage.evening import Evening

RULE = RetentionRule("1", "a test", 30)
BEFORE, AFTER = timedelta(days=29, hours=23), timedelta(days=30, minutes=1)


def acknowledged(evening: Evening) -> str:
    """Submit a case and let the centre acknowledge it."""
    receipt = evening.submitted()
    rows = evening.write(lambda db: outbox.claim(db, evening.now, 50))
    (event,) = [row for row in rows if row.application_id == receipt.application_id]
    evening.write(lambda db: outbox.settle(db, evening.now, event.id, "applied", 1))
    evening.write(lambda db: outbox.release(db, evening.now))
    value = {
        "statement": {
            "application_id": receipt.application_id,
            "revision": 1,
            "receipt_number": receipt.number,
            "digests": sorted(event.digests),
        },
        "signature": "s",
    }
    evening.write(lambda db: outbox.apply_acknowledgement(db, evening.now, value))
    return receipt.application_id


def destroy(evening: Evening, later: timedelta) -> tuple[str, ...]:
    digests = evening.write(lambda db: retention.destroy_ripe(db, evening.who, evening.now + later, RULE))[1]
    retention.delete_files(evening.pages, digests)
    return digests


def originals(evening: Evening, application_id: str) -> set[str]:
    sql = "SELECT original_digest FROM pages WHERE application_id = ?"
    return {row[0] for row in evening.sql(sql, application_id)}


def test_originals_go_when_the_days_are_over_and_the_copies_stay(evening: Evening) -> None:
    case = acknowledged(evening)
    gone = originals(evening, case)
    improved = {row[0] for row in evening.sql("SELECT digest FROM pages")}
    assert destroy(evening, BEFORE) == ()
    assert all(map(evening.pages.has, gone))
    assert set(destroy(evening, AFTER)) == gone
    assert not any(map(evening.pages.has, gone))
    assert all(map(evening.pages.has, improved))
    assert evening.read(known_digests) == improved
    check = check_pages(evening.store, evening.pages)
    assert (check.swept, check.missing) == (0, ())
    assert destroy(evening, AFTER) == ()  # and once only


def test_the_certificate_says_what_went_and_by_which_rule(evening: Evening) -> None:
    case = acknowledged(evening)
    destroy(evening, AFTER)
    (certificate,) = evening.read(retention.destructions)
    assert (certificate.rule, certificate.operator_name) == (RULE, "王海燕")
    assert [row.application_id for row in certificate.cases] == [case]
    assert certificate.files == certificate.cases[0].files == 5
    assert certificate.bytes == 5 * 500
    row = evening.read(lambda db: audit.history(db, "device"))[0]
    assert (row.action, row.details["files"]) == ("originals_destroyed", 5)


def test_a_crash_between_record_and_deletion_is_finished_by_the_next_start(evening: Evening) -> None:
    case = acknowledged(evening)
    evening.write(lambda db: retention.destroy_ripe(db, evening.who, evening.now + AFTER, RULE))
    assert all(map(evening.pages.has, originals(evening, case)))
    evening.pages = type(evening.pages)(evening.folder / "pages", b"p" * 32, b"n" * 32)  # another program
    assert check_pages(evening.store, evening.pages).swept == 5
    assert not any(map(evening.pages.has, originals(evening, case)))


def test_a_file_that_another_case_brings_again_after_it_was_destroyed_stays(evening: Evening) -> None:
    case = acknowledged(evening)
    again, *others = sorted(originals(evening, case))
    content = evening.pages.get(again)
    destroy(evening, AFTER)
    draft = evening.start()
    page = evening.new_page(draft.id, "invoice")
    page = replace(page, original_digest=evening.pages.put(content), original_size=len(content))
    evening.write(lambda db: operations.add_page(db, evening.who, evening.now, page))
    evening.pages = type(evening.pages)(evening.folder / "pages", b"p" * 32, b"n" * 32)  # another program
    known = evening.read(known_digests)
    assert again in known and not known & set(others)
    assert check_pages(evening.store, evening.pages).missing == ()
    assert evening.pages.get(again) == content


STATES = ("waiting", "sending", "settled", "parked")


@pytest.mark.parametrize("state", STATES)
def test_nothing_goes_of_what_the_centre_does_not_hold(evening: Evening, state: str) -> None:
    case = evening.submitted().application_id
    evening.sql("UPDATE outbox SET state = ? WHERE kind = 'application_submitted'", state)
    assert destroy(evening, timedelta(days=4000)) == ()
    assert all(map(evening.pages.has, originals(evening, case)))


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_nothing_goes_of_a_case_that_is_being_mended(evening: Evening, state: str) -> None:
    acknowledged(evening)
    for (name,) in evening.sql("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        evening.sql(f"DROP TRIGGER {name}")
    evening.sql("UPDATE applications SET state = ?", state)
    assert destroy(evening, timedelta(days=4000)) == ()


def test_over_every_mixture_a_file_goes_only_if_all_that_need_it_are_ripe(evening: Evening) -> None:
    """Eight cases, shared files among them: acknowledged or not, old or young, told something more or not."""
    expected: set[str] = set()
    needed: set[str] = set()
    for number, (held, old, quiet) in enumerate(itertools.product([True, False], repeat=3)):
        evening.now += timedelta(minutes=1)
        case = acknowledged(evening) if held else evening.submitted().application_id
        files = originals(evening, case)
        if held and not old:
            moved = (evening.now + timedelta(days=20)).isoformat()
            _without_guards(
                evening, "UPDATE acknowledgements SET received_at = ? WHERE application_id = ?", moved, case
            )
        if not quiet:
            _without_guards(
                evening,
                "INSERT INTO outbox (id, kind, application_id, revision, base_revision, created_at,"
                " next_try_at, changed_at, body_digest, digests, body) SELECT 'n-' || id, 'told_later',"
                " application_id, revision, 1, created_at, next_try_at, changed_at, body_digest, '[]', body"
                " FROM outbox WHERE application_id = ? AND kind = 'application_submitted'",
                case,
            )
        if held and old and quiet:
            expected |= files
        else:
            needed |= files
        if number:
            shared = sorted(expected)[:1]
            if shared and not (held and old and quiet):
                _without_guards(
                    evening,
                    "UPDATE pages SET original_digest = ? WHERE application_id = ? AND item_code = 'invoice'",
                    shared[0],
                    case,
                )
                needed |= set(shared)
    assert set(destroy(evening, AFTER + timedelta(minutes=10))) == expected - needed
    assert expected - needed


def _without_guards(evening: Evening, sql: str, *params: Any) -> None:
    guards = evening.sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in guards:
        evening.sql(f"DROP TRIGGER {name}")
    evening.sql(sql, *params)
    for _, text in guards:
        evening.sql(text)


def test_the_shipped_rule_says_where_it_comes_from() -> None:
    rule = retention_rule()
    assert rule.originals_days >= 1
    assert rule.source and rule.version
