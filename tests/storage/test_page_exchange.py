"""Pages in the place of others, overrides of the quality gate, and what a machine read of a page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from registration.errors import InputError
from registration.page_reading import PageReading, reading_from_json, reading_to_json
from storage import applications, audit, operations, page_rows
from storage.page_check import check_pages
from storage.page_exchange import Exchange, bring_back, exchange_pages, former_pages, has_former
from storage.pages import PageFiles
from storage.values import StoredPage
from sync.contract import SubmittedBody
from tests.storage.evening import Evening

READING = json.dumps({"kind": "invoice", "fields": {"payer": ["张立群", 0.99]}})

_SUBMITTED = "SELECT body FROM outbox WHERE kind = 'application_submitted'"


def pages(evening: Evening, application_id: str) -> list[StoredPage]:
    return evening.read(page_rows.pages_of, application_id)


def exchange(evening: Evening, gone: list[str], count: int, why: Exchange) -> list[StoredPage]:
    """Put `count` new pages in the place of these."""
    row = next(p for p in pages(evening, evening_id(evening, gone[0])) if p.id == gone[0])
    new = [evening.new_page(row.application_id, "other") for _ in range(count)]
    return list(evening.write(exchange_pages, evening.who, evening.now, gone, new, why)[1])


def evening_id(evening: Evening, page_id: str) -> str:
    page = evening.read(page_rows.page, page_id)
    assert page is not None
    return page.application_id


def test_two_pages_become_one_in_the_place_of_the_first_and_come_back(evening: Evening):
    case = evening.start().id
    one, two, three = (evening.add(case, "identity") for _ in range(3))
    (sheet,) = exchange(evening, [two.id, three.id], 1, Exchange.CARD_SHEET)
    assert [p.id for p in pages(evening, case)] == [one.id, sheet.id]
    assert [p.ordinal for p in pages(evening, case)] == [1, 2]
    assert [(page.id, why) for page, why in evening.read(former_pages, case)] == [
        (two.id, Exchange.CARD_SHEET), (three.id, Exchange.CARD_SHEET),
    ]  # fmt: skip
    assert evening.read(has_former, sheet.id) and not evening.read(has_former, one.id)

    evening.write(bring_back, evening.who, evening.now, sheet.id)
    assert [(p.id, p.digest, p.ordinal) for p in pages(evening, case)] == [
        (one.id, one.digest, 1), (two.id, two.digest, 2), (three.id, three.digest, 3),
    ]  # fmt: skip
    assert evening.read(applications.thumbnail, two.id) == b"\xff\xd8thumbnail"
    assert evening.read(former_pages, case) == ()


def test_one_page_becomes_two_and_either_of_them_brings_it_back_whole(evening: Evening):
    case = evening.start().id
    first, booklet, last = (evening.add(case, "marriage") for _ in range(3))
    left, right = exchange(evening, [booklet.id], 2, Exchange.SPLIT)
    assert [p.id for p in pages(evening, case)] == [first.id, left.id, right.id, last.id]
    evening.write(operations.move_page, evening.who, evening.now, right.id, "identity", 1)
    evening.write(bring_back, evening.who, evening.now, right.id)
    assert [(p.item_code, p.id) for p in pages(evening, case)] == [
        ("identity", booklet.id), ("marriage", first.id), ("marriage", last.id),
    ]  # fmt: skip


def test_a_page_taken_again_and_again_leads_back_step_by_step(evening: Evening):
    case = evening.start().id
    first = evening.add(case, "invoice")
    (second,) = exchange(evening, [first.id], 1, Exchange.RETAKEN)
    (third,) = exchange(evening, [second.id], 1, Exchange.RETAKEN)
    evening.write(bring_back, evening.who, evening.now, third.id)
    assert [p.id for p in pages(evening, case)] == [second.id]
    evening.write(bring_back, evening.who, evening.now, second.id)
    assert [p.id for p in pages(evening, case)] == [first.id]
    with pytest.raises(KeyError):
        evening.write(bring_back, evening.who, evening.now, first.id)


def test_the_files_of_former_pages_are_neither_swept_nor_missing(evening: Evening):
    case = evening.start().id
    first = evening.add(case, "invoice")
    exchange(evening, [first.id], 1, Exchange.RETAKEN)
    later = PageFiles(evening.folder / "pages", b"p" * 32, b"n" * 32, started=2e10)
    check = check_pages(evening.store, later)
    assert (check.swept, check.missing) == (0, ())
    assert later.get(first.digest) and later.get(first.original_digest)


def test_what_is_submitted_is_exchanged_no_more(evening: Evening):
    case = evening.complete().id
    page = pages(evening, case)[0]
    evening.submit(case)
    new = evening.new_page(case, page.item_code)
    with pytest.raises(InputError) as refused:
        evening.write(exchange_pages, evening.who, evening.now, [page.id], [new], Exchange.RETAKEN)
    assert refused.value.code == "frozen"
    with pytest.raises(InputError):
        evening.write(operations.keep_page, evening.who, evening.now, page.id, ["glare"])


def test_an_override_names_reasons_person_and_time_in_row_and_audit(evening: Evening):
    case = evening.start().id
    page = evening.add(case, "invoice")
    evening.write(operations.keep_page, evening.who, evening.now, page.id, ["glare", "too_small"])
    kept = json.loads(pages(evening, case)[0].kept)
    assert kept["reasons"] == ["glare", "too_small"]
    assert (kept["by"], kept["name"]) == (evening.who.operator_id, evening.who.operator_name)
    assert kept["at"].startswith(evening.now.strftime("20%y-%m"))
    history = evening.read(audit.history, case)
    assert history[0].action == "page_kept" and history[0].details["reasons"] == ["glare", "too_small"]
    with pytest.raises(ValueError, match="override"):
        evening.write(operations.keep_page, evening.who, evening.now, page.id, [])


def test_an_override_goes_to_the_centre_with_its_page(evening: Evening):
    case = evening.complete().id
    page = pages(evening, case)[0]
    evening.write(operations.keep_page, evening.who, evening.now, page.id, ["blurred"])
    evening.submit(case)
    (body,) = (json.loads(text) for (text,) in evening.sql(_SUBMITTED))
    sent = SubmittedBody.model_validate(body)
    told = {fact.id: fact.kept for fact in sent.pages}
    kept = told.pop(page.id)
    assert kept is not None and kept["reasons"] == ["blurred"] and kept["by"] == evening.who.operator_id
    assert set(told.values()) == {None}


def recut(evening: Evening, page: StoredPage, **changes: object) -> None:
    digest = evening.pages.put(f"another cut {changes}".encode())
    corners = changes.pop("corners", page.corners)

    def operation(db: object) -> object:
        return operations.replace_page(
            db, evening.who, evening.now, page.id, digest, 20, 900, 1200, corners, 90, b"t", **changes  # type: ignore[arg-type]
        )  # fmt: skip

    evening.write(operation)


def test_another_cut_ends_an_override_only_where_the_gate_says_something_else(evening: Evening):
    case = evening.start().id
    page = evening.write(
        operations.add_page, evening.who, evening.now,
        replace(evening.new_page(case, "invoice"), findings='[{"kind":"glare","severity":"warn"}]'),
    )[1]  # fmt: skip
    evening.write(operations.keep_page, evening.who, evening.now, page.id, ["glare"])
    recut(evening, page, findings='[{"kind":"glare","severity":"stop"}]')
    assert json.loads(pages(evening, case)[0].kept)["reasons"] == ["glare"]
    recut(evening, page, findings='[{"kind":"blurred","severity":"warn"}]')
    found = pages(evening, case)[0]
    assert found.kept == "" and "blurred" in found.findings


def test_a_reading_is_kept_until_the_page_is_cut_elsewhere(evening: Evening):
    case = evening.start().id
    page = evening.add(case, "invoice")
    evening.write(operations.keep_reading, evening.now, page.id, page.digest, READING)
    assert pages(evening, case)[0].reading == READING
    first, second, third, fourth = page.corners
    recut(evening, page, corners=(second, third, fourth, first))  # turned: the same words on it
    assert pages(evening, case)[0].reading == READING
    recut(evening, page, corners=(first, second, third, (9.0, 90.0)))
    assert pages(evening, case)[0].reading == ""


def test_a_page_that_was_turned_is_no_longer_said_to_lie_wrong(evening: Evening):
    case = evening.start().id
    page = evening.add(case, "invoice")
    reading = PageReading("invoice", 0.9, {"payer": "张立群"}, {"payer": 0.9}, {}, (("upside_down", "warn"),))
    evening.write(operations.keep_reading, evening.now, page.id, page.digest, reading_to_json(reading))
    recut(evening, page)
    assert reading_from_json(pages(evening, case)[0].reading) == replace(reading, findings=())


def test_a_reading_that_comes_too_late_changes_nothing(evening: Evening):
    case = evening.start().id
    page = evening.add(case, "invoice")
    recut(evening, page)
    evening.write(operations.keep_reading, evening.now, page.id, page.digest, READING)
    evening.write(operations.keep_reading, evening.now, "p-gone", page.digest, READING)
    assert pages(evening, case)[0].reading == ""


def test_what_was_confirmed_stands_with_the_page_and_its_values_in_no_audit(evening: Evening):
    case = evening.start().id
    page = evening.add(case, "invoice")
    decisions = {
        "name": {"choice": "read", "read": "张立群", "entered": ""},
        "id_number": {"choice": "entered", "read": "620102198503071231", "entered": "620102198503071232"},
    }
    with pytest.raises(KeyError):
        evening.write(operations.confirm_reading, evening.who, evening.now, page.id, decisions)
    evening.write(operations.keep_reading, evening.now, page.id, page.digest, READING)
    evening.write(operations.confirm_reading, evening.who, evening.now, page.id, decisions)
    confirmed = json.loads(pages(evening, case)[0].confirmed)
    assert confirmed["name"]["choice"] == "read" and confirmed["name"]["name"] == evening.who.operator_name
    row = evening.read(audit.history, case)[0]
    assert row.action == "reading_confirmed"
    assert (row.details["read"], row.details["entered"]) == ("name", "id_number")
    assert "62010219" not in json.dumps(row.details) and "张立群" not in json.dumps(
        row.details, ensure_ascii=False
    )


def test_a_removed_page_comes_back_with_what_was_known_of_it(evening: Evening):
    case = evening.start().id
    page = evening.add(case, "invoice")
    evening.write(operations.keep_reading, evening.now, page.id, page.digest, READING)
    evening.write(operations.keep_page, evening.who, evening.now, page.id, ["glare"])
    before = pages(evening, case)[0]
    new = evening.new_page(case, "invoice")
    evening.write(exchange_pages, evening.who, evening.now, [page.id], [new], Exchange.RETAKEN)
    evening.write(bring_back, evening.who, evening.now, new.id)
    after = pages(evening, case)[0]
    assert (after.reading, after.kept) == (before.reading, before.kept)
