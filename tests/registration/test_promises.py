"""Whose promise stands behind deferred papers: the page in its row, or the text signed at the table."""

from __future__ import annotations

from dataclasses import replace

from registration.application import Application, PageRef
from registration.deferral import Deferral
from registration.promises import PROMISE, promise_of, with_promise
from registration.signatures import Signature

PAGE = PageRef("p-1", PROMISE, 1, "a" * 64, "b" * 64, 1, 1, 10, 10)
DRAWN = Signature(0, PROMISE, "c" * 64, "2026-11-24T19:30:00+08:00")


def case(*deferrals: Deferral, signature: Signature | None = None) -> Application:
    signatures = (signature,) if signature is not None else ()
    return Application("a-1", "new_housing_transfer", "s-1", deferrals=deferrals, signatures=signatures)


def test_the_first_page_of_its_row_is_the_promise():
    later = replace(PAGE, id="p-2", ordinal=2, digest="d" * 64)
    assert promise_of(case(), [later, PAGE, replace(PAGE, item_code="invoice")]) == "a" * 64


def test_a_signature_at_the_table_is_one_too_and_a_mark_for_paper_is_none():
    assert promise_of(case(signature=DRAWN), []) == "c" * 64
    assert promise_of(case(signature=DRAWN), [PAGE]) == "a" * 64
    assert promise_of(case(signature=replace(DRAWN, on_paper=True)), []) == ""
    assert promise_of(case(signature=replace(DRAWN, document="application_form")), []) == ""


def test_every_open_deferral_stands_on_it_and_a_delivered_one_stays_as_it_was():
    delivered = Deferral("marriage", promise="e" * 64, delivered_on="2026-11-20")
    given = case(Deferral("invoice"), delivered, Deferral("maintenance_fund", promise="f" * 64))
    bound = with_promise(given, [PAGE])
    assert [d.promise for d in bound.deferrals] == ["a" * 64, "e" * 64, "a" * 64]
    assert [d.promise for d in with_promise(bound, []).deferrals] == ["", "e" * 64, ""]
    assert with_promise(bound, [PAGE]) is bound
