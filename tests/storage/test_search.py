"""What staff type finds the case: names, initials, tails of numbers, rooms; lists and counts agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from registration.application import CaseState
from registration.parties import Party
from storage import applications, search
from tests.storage.evening import Evening, signed

PEOPLE = {
    "张立群": ("620102198503071231", "13893104567", "h-2-101"),
    "张伟": ("62010419900815458X", "15293120088", "h-2-102"),
    "单雄信": ("620421197002034513", "09318461234", "h-3-1201"),
    "欧阳娜娜": ("620102199911113327", "18893105678", "h-10-1201"),
    "古丽米热·艾合买提": ("650102198001012229", "17793100001", "h-3-102"),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    evening = Evening(tmp_path_factory.mktemp("town"))
    evening.open_session()
    for name, (id_number, phone, household) in PEOPLE.items():
        evening.now += timedelta(minutes=5)
        person = Party(name=name, document_number=id_number, phone=phone)
        draft = signed(evening, replace(evening.start(household), parties=(person,)))
        evening.save(draft)
        for item in ("application_form", "identity", "purchase_contract", "invoice", "maintenance_fund"):
            evening.add(draft.id, item)
        if name in ("张立群", "单雄信"):
            evening.submit(draft.id)
    yield evening
    evening.close()


def found(town: Evening, text: str, **filters: str) -> set[str]:
    rows = town.read(lambda db: applications.rows(db, search=text, **filters))  # type: ignore[arg-type]
    count = town.read(lambda db: applications.count(db, search=text, **filters))
    assert count == len(rows)
    return {row.applicant_name for row in rows}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("张", {"张立群", "张伟"}),
        ("立群", {"张立群"}),
        ("张群", set()),  # the characters stand apart
        ("娜娜", {"欧阳娜娜"}),
        ("米热", {"古丽米热·艾合买提"}),
        ("热艾", {"古丽米热·艾合买提"}),  # people leave the dot out
        ("zlq", {"张立群"}),
        ("LQ", {"张立群"}),
        ("zw", {"张伟", "张立群"}),  # 立 has a rare reading wèi: rather one too many than one too few
        ("z", {"张立群", "张伟"}),
        ("dxx", {"单雄信"}),  # 单 is read dān
        ("sxx", {"单雄信"}),  # and shàn
        ("oynn", {"欧阳娜娜"}),
        ("zhangwei", {"张伟"}),
        ("1231", {"张立群"}),
        ("458x", {"张伟"}),
        ("４５８Ｘ", {"张伟"}),
        ("62010419900815458X", {"张伟"}),
        ("4567", {"张立群"}),
        ("104567", {"张立群"}),
        ("13893104567", {"张立群"}),
        ("1389310", {"张立群"}),
        ("0931-8461234", {"单雄信"}),
        ("138 9310 4567", {"张立群"}),
        ("1201", {"单雄信", "欧阳娜娜"}),
        ("102", {"张伟", "古丽米热·艾合买提"}),
        ("3-2-1201", {"单雄信"}),
        ("3号楼2单元1201", {"单雄信"}),
        ("10号楼 1201", {"欧阳娜娜"}),
        ("10-1201", {"欧阳娜娜"}),
        ("3号楼", {"单雄信", "古丽米热·艾合买提"}),
        ("2栋 张", {"张立群", "张伟"}),
        ("张 2栋 101", {"张立群"}),
        ("张伟 0088", {"张伟"}),
        ("张伟 4567", set()),
        ("620102-A03-261124-0001", {"张立群"}),
        ("0002", {"单雄信"}),
        ("620102001001GB00010F00120001", {"欧阳娜娜"}),
        ("2611240002", {"单雄信"}),
        ("李", set()),
        ("9999", set()),
        ('"', set()),
        ("张*", {"张立群", "张伟"}),
        ("name : 张 OR", set()),
        ("-", set()),
        ("NEAR(", set()),
    ],
)
def test_what_is_typed_finds_whom_it_should(town: Evening, typed: str, names: set[str]) -> None:
    assert found(town, typed) == names


def test_filters_narrow_a_search(town: Evening) -> None:
    assert found(town, "张", state="draft") == {"张伟"}
    assert found(town, "张", state=CaseState.RECEIVED) == {"张立群"}
    assert found(town, "张", session_id="s-1") == {"张立群", "张伟"}
    assert found(town, "张", session_id="s-2") == set()


def test_an_edited_name_is_found_and_the_old_one_no_longer(tmp_path: Path) -> None:
    evening = Evening(tmp_path / "data")
    evening.open_session()
    draft = replace(evening.start(), parties=(Party(name="赵敏"),))
    evening.save(draft)
    assert found(evening, "赵敏") == {"赵敏"}
    evening.save(replace(draft, parties=(Party(name="周芷若"), Party(name="谢逊"))))
    assert found(evening, "赵敏") == set()
    assert found(evening, "芷若") == found(evening, "xx") == {"周芷若、谢逊"}
    assert found(evening, "若谢") == set(), "a phrase does not run from one person into the next"
    evening.close()


def test_the_queue_pages_orders_and_counts(town: Evening) -> None:
    def names(**how: object) -> list[str]:
        return [row.applicant_name for row in town.read(lambda db: applications.rows(db, **how))]  # type: ignore[arg-type]

    newest = list(PEOPLE)[::-1]
    assert names() == newest
    for size in (1, 2, 3, 5, 9):
        pages = [names(limit=size, offset=offset) for offset in range(0, 7, size)]
        assert [name for page in pages for name in page] == newest, (
            "pages from the front and from the back join without a seam"
        )
    assert names(state="draft") == ["古丽米热·艾合买提", "欧阳娜娜", "张伟"]
    assert names(order="applicant") == ["单雄信", "古丽米热·艾合买提", "欧阳娜娜", "张立群", "张伟"]
    assert names(order="receipt")[:2] == names(order="received")[:2] == ["单雄信", "张立群"]
    assert names(session_id="s-1", state="received") == ["单雄信", "张立群"]
    assert names(search="张") == ["张伟", "张立群"]
    assert names(search="张", limit=1, offset=1) == ["张立群"]

    def count(**how: object) -> int:
        return town.read(lambda db: applications.count(db, **how))  # type: ignore[arg-type]

    assert (count(), count(state="draft"), count(state=CaseState.RETURNED)) == (5, 3, 0)
    assert (count(session_id="s-1"), count(session_id="s-1", state="received"), count(session_id="x")) == (
        5,
        2,
        0,
    )


def test_a_long_name_and_odd_text_make_bounded_terms() -> None:
    assert search.expression("   ") is None
    assert search.expression("、。") is None
    letters = list(search._letters("中华人民共和国某某房地产开发有限责任公司兰州分公司"))
    assert len(letters) < 400 and max(map(len, letters[:100])) <= 6


@pytest.mark.parametrize(
    ("order", "state", "session_id"),
    [
        *((order, None, None) for order in applications._ORDERS),
        ("updated", "received", None),
        ("updated", "received", "s-1"),
    ],
)
def test_the_queue_never_sorts_or_looks_up_rows_to_skip_them(
    town: Evening, order: str, state: str | None, session_id: str | None
) -> None:
    """Time limits belong to the benchmarks; that the plan walks one covering index is what they rest on."""
    for by in applications._ORDERS[order]:
        wanted = applications._wanted("", state, session_id, by)
        assert wanted is not None
        sql, params = wanted
        plan = town.read(lambda db, q, p: db.execute(f"EXPLAIN QUERY PLAN {q}", p).fetchall(), sql, params)
        assert all("COVERING INDEX" in step[3] and "TEMP B-TREE" not in step[3] for step in plan), plan
