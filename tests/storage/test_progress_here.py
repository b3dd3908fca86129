"""Progress at the window: what counts is a certificate with its number or one in its owner's hand."""

from __future__ import annotations

from datetime import timedelta

from registration.packs import PROGRESS
from registration.progress import targets_from
from storage import feed, progress, reference
from storage.packs import pack_set
from tests.storage.evening import COMPOUND, Evening
from tests.storage.test_collecting import certified
from tests.storage.test_revisions import ITEMS, status, tell


def test_certificates_with_a_number_count_and_the_ledgers_word_does_not(evening: Evening) -> None:
    certified(evening)
    items = [
        {"application_id": f"x-{n}", "household_id": home, "type_code": "new_housing_transfer",
         "state": "certificate_issued", "receipt_number": f"R-{n}", "device_code": "B02"}
        for n, home in enumerate(("h-3-101", "h-3-102"))
    ]  # fmt: skip
    told = [{"seq": 40 + n, "kind": "ledger", "body": item} for n, item in enumerate(items)]
    evening.write(feed.apply_feed, evening.now, told, 41)
    found = evening.read(progress.report, evening.now)
    (line,) = found.compounds
    assert (line.progress.counted, line.progress.received) == (12, 3)
    assert (line.progress.done, line.progress.unproved, line.progress.resolved) == (1, 2, 0)
    assert sum(made for _, _, made in found.weeks) == 1
    assert found.evenings[-1][1] == 1


def test_corrections_age_by_their_day(evening: Evening) -> None:
    receipt = evening.submitted()
    due = (evening.now.date() - timedelta(days=10)).isoformat()
    tell(evening, status(receipt, "returned", items=ITEMS, reason_zh="补正", reason_en="", due=due))
    assert evening.read(progress.report, evening.now).corrections == (0, 1, 0, 0, 0)


def test_homes_sold_count_where_the_pack_says_so(evening: Evening) -> None:
    certified(evening)
    evening.write(reference.put_compound, {**COMPOUND, "sold": 3})
    evening.write(reference.put_compound, COMPOUND)  # without the count what is stored stays
    packs = evening.read(pack_set)
    assert evening.read(progress.compounds, targets_from(packs))[0].progress.resolved == 0
    sold = packs.with_pack({**packs[PROGRESS], "denominator": "sold", "version": "2027.1"})
    (line,) = evening.read(progress.compounds, targets_from(sold))
    assert (line.progress.counted, line.progress.done, line.progress.resolved) == (3, 1, 3)
