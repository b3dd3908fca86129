"""What a reading is kept as, and which two pages are the sides of one card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from capture.pages import Finding, FindingKind, Severity
from capture.recognition import Doubt, FieldReading, PageKind, Recognition, TextLine
from registration.page_reading import PageReading, reading_to_json
from storage.values import StoredPage
from ui.intake.exchange import card_sides
from ui.intake.reader import reading_of

FULL = (0.0, 0.0, 1.0, 1.0)
CONTRACT = Recognition(
    PageKind.PURCHASE_CONTRACT, 0.9, {"price": FieldReading(560000, 0.99, FULL)}, {"buyer": Doubt.UNSURE},
    (), 0,
    (Finding(FindingKind.UPSIDE_DOWN, Severity.WARN, 180.0, 0.0),), ("purchase_contract",), {},
)  # fmt: skip


def lines(*texts: tuple[str, float]) -> tuple[TextLine, ...]:
    return tuple(TextLine(text, sure, FULL) for text, sure in texts)


def test_a_reading_keeps_fields_doubts_and_rows_and_says_nothing_of_a_page_that_it_turned():
    kept = reading_of(CONTRACT, turned=False)
    assert (kept.kind, kept.number("price"), kept.left_out) == (
        "purchase_contract", 560000, {"buyer": "unsure"},
    )  # fmt: skip
    assert kept.findings == (("upside_down", "warn"),)
    assert reading_of(CONTRACT, turned=True).findings == ()


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        ([("买受人购买的商品房坐落于兰州市11号楼2单", 0.99), ("元1903室", 0.98)], "兰州市11号楼2单元1903室"),
        ([("坐落：兰州市雁滩路18号3号楼2单元1201室，建筑面积", 0.95)], "兰州市雁滩路18号3号楼2单元1201室"),
        ([("坐落：兰州市雁滩路18号3号楼2单元1201室", 0.8)], ""),  # not sure enough
        ([("以出让方式取得位于上述地块的国有土地使用权，", 0.99)], ""),
    ],
)  # fmt: skip
def test_the_place_in_a_contracts_running_text_is_read_where_it_is_sure(
    texts: list[tuple[str, float]], place: str
):
    reading = reading_of(replace(CONTRACT, texts=lines(*texts)), turned=False)
    assert reading.text("location") == place


def page(name: str, kind: str = "") -> StoredPage:
    reading = reading_to_json(PageReading(kind, 0.9)) if kind else ""
    return StoredPage(
        name, "a1", "identity", 1, "d", 1, "o", 1, "image/jpeg", 0, 857, 540, (), 0, True, "[]",
        datetime(2026, 11, 24, tzinfo=UTC), reading=reading,
    )  # fmt: skip


def names(sides: tuple[StoredPage, StoredPage] | None) -> str:
    return "".join(side.id for side in sides) if sides is not None else ""


def test_the_sides_of_a_card_are_found_by_what_they_say_whatever_their_order():
    a, b = page("a", "id_card_front"), page("b", "id_card_back")
    assert (
        names(card_sides(a, [a, b])) == names(card_sides(b, [b, a])) == names(card_sides(a, [b, a])) == "ab"
    )
    c, d = page("c", "id_card_front"), page("d", "id_card_back")
    assert names(card_sides(d, [a, c, b, d])) == "cd"


def test_unread_pages_go_in_pairs_and_two_fronts_are_no_card():
    a, b, c = page("a"), page("b"), page("c", "id_card_back")
    assert names(card_sides(a, [a, b])) == "ab" and names(card_sides(b, [a, b])) == "ab"
    assert names(card_sides(c, [c, a])) == "ac"
    fronts = [page("e", "id_card_front"), page("f", "id_card_front")]
    assert card_sides(fronts[0], fronts) is None
    assert card_sides(a, [a]) is None
    assert card_sides(a, [a, page("h", "household_register")]) is None
