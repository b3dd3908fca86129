"""What is followed up with a department, step by step; a sample that anybody can draw again."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from registration.errors import InputError
from registration.facts import Fact, Topic, fact_to_json
from registration.packs import shipped
from registration.supervision import draw, rules_from
from storage import facts, supervision
from tests.storage.evening import COMPOUND, NOW, Evening

RULES = rules_from(shipped())
_ids = itertools.count(1)


def do(evening: Evening, act: Any, days: int = 0, **given: Any) -> Any:
    now = evening.now + timedelta(days=days)
    return evening.write(act, evening.who, now, fact_id=f"f-{next(_ids):05d}", **given)


def begun(evening: Evening, **more: Any) -> None:
    given = {"kind": "urge", "words": "问了消防验收的进度", "department": "fire", "about": "2号楼消防验收"}
    do(evening, supervision.note_matter, matter_id="m-1", compound_id="c1", **{**given, **more})


def matter(evening: Evening) -> Any:
    found = [*evening.read(supervision.matters), *evening.read(supervision.matters, settled=True)]
    return next(one for one in found if one.id == "m-1")


def test_a_matter_is_followed_escalated_and_settled(evening: Evening) -> None:
    begun(evening)
    assert (matter(evening).level, matter(evening).due) == ("followed", "2026-12-08")
    for day, level in ((20, "reminded"), (30, "urged"), (40, "reported")):
        do(evening, supervision.escalate, day, matter_id="m-1", words="仍无结果")
        assert matter(evening).level == level
    assert matter(evening).due == "2027-01-08"
    with pytest.raises(InputError, match="supervision_top"):
        do(evening, supervision.escalate, 41, matter_id="m-1", words="再升一级")
    do(evening, supervision.settle, 42, matter_id="m-1", words="已出具验收意见 12 号")
    assert evening.read(supervision.matters) == [] and matter(evening).settled
    assert [step.verb for step in matter(evening).steps] == ["noted", *["escalated"] * 3, "settled"]


def test_an_empty_entry_is_refused(evening: Evening) -> None:
    new: dict[str, Any] = {"compound_id": "c1", "kind": "ask", "about": "x"}
    for act, given in ((supervision.note_matter, new), (supervision.settle, {})):
        if act is supervision.settle:
            begun(evening)
        with pytest.raises(InputError) as refused:
            do(evening, act, matter_id="m-1", words="  ", **given)
        assert refused.value.code == "supervision_words"


def test_a_sample_is_drawn_once_and_can_be_drawn_again_by_anybody(evening: Evening) -> None:
    given: dict[str, Any] = {"inspection_id": "i-1", "compound_id": "c1"}
    do(evening, supervision.draw_sample, seed="2026-11-24/7", **given)
    (found,) = evening.read(supervision.inspections)
    homes = [home["id"] for home in COMPOUND["households"]]
    assert found.pool == len(homes) and len(found.chosen) == RULES.sample_size(len(homes)) == 5
    assert found.chosen == draw(reversed(homes), 5, "2026-11-24/7")
    assert found.chosen != draw(homes, 5, "2026-11-24/8")
    do(evening, supervision.draw_sample, 1, inspection_id="i-1", compound_id="c1", seed="better")
    (again,) = evening.read(supervision.inspections)
    assert again.chosen == found.chosen  # drawn once more is seen in the facts, and changes nothing
    known = evening.read(lambda db: facts.of_subject(db, Topic.SUPERVISION, "i-1"))
    assert [fact.verb for fact in known] == ["sampled", "sampled"]


def test_what_was_seen_is_kept_and_a_difference_asks_for_words(evening: Evening) -> None:
    do(evening, supervision.draw_sample, inspection_id="i-1", compound_id="c1", seed="s")
    first, second, *_ = evening.read(supervision.inspections)[0].chosen
    given = {"inspection_id": "i-1"}
    do(evening, supervision.note_seen, 1, household_id=first, agrees=True, **given)
    with pytest.raises(InputError) as refused:
        do(evening, supervision.note_seen, 1, household_id=second, agrees=False, **given)
    assert refused.value.code == "supervision_words"
    do(
        evening,
        supervision.note_seen,
        2,
        household_id=second,
        agrees=False,
        words="住户说没有领到证",
        **given,
    )
    with pytest.raises(KeyError):
        do(evening, supervision.note_seen, 2, household_id="h-99-9999", agrees=True, **given)
    (found,) = evening.read(supervision.inspections)
    assert [one.agrees for one in found.seen] == [True, False] and len(found.left) == 3


def test_another_laptop_knows_the_same(evening: Evening, tmp_path: Any) -> None:
    begun(evening)
    do(evening, supervision.escalate, 20, matter_id="m-1", words="仍无结果")
    do(evening, supervision.draw_sample, inspection_id="i-1", compound_id="c1", seed="s")
    other = Evening(tmp_path / "other")
    for fact in reversed(evening.read(lambda db: facts.of_topic(db, Topic.SUPERVISION))):
        other.write(facts.take, other.now, fact_to_json(fact))
    assert other.read(supervision.matters) == evening.read(supervision.matters)
    assert other.read(supervision.inspections) == evening.read(supervision.inspections)
    other.close()


def test_what_is_settled_takes_nothing_more(evening: Evening) -> None:
    begun(evening)
    do(evening, supervision.settle, 1, matter_id="m-1", words="已出具意见")
    for act, more in (
        (supervision.escalate, {}),
        (supervision.settle, {}),
        (supervision.note_matter, {"compound_id": "c1", "kind": "ask"}),
    ):
        with pytest.raises(InputError, match="supervision_settled"):
            do(evening, act, 2, matter_id="m-1", words="再问", **more)
    assert len(matter(evening).steps) == 2


def fact(number: int, subject: str, verb: str, minutes: int, body: dict[str, Any]) -> dict[str, Any]:
    at = NOW + timedelta(minutes=minutes)
    return fact_to_json(Fact(f"x-{number}", Topic.SUPERVISION, subject, verb, "c1", at, "D7", "p", "n", body))


def test_days_and_levels_are_those_of_the_facts_whatever_packs_and_clocks_a_laptop_has(
    evening: Evening, tmp_path: Any
) -> None:
    told = [
        fact(1, "m-1", "escalated", -3, {"level": "of_a_newer_pack", "due": "2026-12-31", "words": "a"}),
        fact(2, "m-1", "noted", -2, {"kind": "ask", "words": "by a slow clock"}),
        fact(3, "m-1", "noted", 0, {"department": "fire", "about": "x", "level": "followed", "due": ""}),
    ]
    found = []
    for number, order in enumerate(itertools.permutations(told)):
        other = Evening(tmp_path / str(number))
        for one in order:
            other.write(facts.take, NOW, one)
        (known,) = other.read(supervision.matters)
        found.append((known.about, known.department, known.due, known.level, len(known.steps)))
        other.close()
    assert set(found) == {("x", "fire", "2026-12-31", "followed", 3)}


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("sampled", {}),
        ("sampled", {"seed": 1, "pool": "many", "chosen": "all"}),
        ("visited", {"household_id": None, "agrees": "perhaps"}),
        ("visited", {"household_id": "h-99-9999", "agrees": True}),
        ("noted", {"about": None, "level": 7, "due": ["never"]}),
        ("dissolved", {"about": "a verb of a newer program"}),
    ],
)
def test_a_strange_fact_changes_nothing_and_does_not_stop_the_fold(
    evening: Evening, verb: str, body: dict[str, Any]
) -> None:
    do(evening, supervision.draw_sample, inspection_id="i-1", compound_id="c1", seed="s")
    before = evening.read(supervision.inspections)
    evening.write(facts.take, NOW, fact(1, "i-1", verb, 1, body))
    evening.write(facts.take, NOW, fact(2, "strange", verb, 1, body))
    assert evening.read(supervision.inspections) == before
    assert evening.read(supervision.matters) == []
