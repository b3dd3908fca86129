"""A session known on several laptops: its code, its id, and what its facts say of its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from registration.facts import Fact, Topic
from registration.session import code_from, new_code, session_id_of, site_session, spoken

START = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def fact(minute: int, verb: str, device: str, name: str) -> Fact:
    body = {"code": "K7MQX3A", "title": "晚间场", "starts": "18:30", "ends": "21:00"}
    at = START + timedelta(minutes=minute)
    return Fact(f"f-{minute:02d}", Topic.SESSION, "s-1", verb, "c1", at, device, f"o-{name}", name, body)


def test_a_code_fits_its_compound_and_says_when_it_was_heard_wrong() -> None:
    codes = [new_code("c1", f"seed-{n}") for n in range(200)]
    assert len(set(codes)) == 200
    assert all(code_from("c1", f" {spoken(code).lower()} ") == code for code in codes)
    assert sum(bool(code_from("c2", code)) for code in codes) < 25
    swapped = [code[1] + code[0] + code[2:] for code in codes if code[0] != code[1]]
    assert sum(bool(code_from("c1", code)) for code in swapped) < 25
    assert code_from("c1", "") == code_from("c1", "K7M") == ""


def test_every_laptop_makes_the_same_id_of_a_code_without_asking() -> None:
    assert session_id_of("c1", "K7MQX3A") == session_id_of("c1", "K7MQX3A")
    assert session_id_of("c1", "K7MQX3A") != session_id_of("c2", "K7MQX3A")


def test_a_session_runs_until_its_last_part_is_closed_in_whatever_order_it_is_heard() -> None:
    known = [fact(0, "opened", "A01", "王海燕"), fact(5, "joined", "A02", "李雪梅")]
    known += [fact(60, "handed_over", "A02", "赵静"), fact(90, "closed", "A01", "王海燕")]
    for order in permutations(known):
        found = site_session(order)
        assert found is not None and found.running
        assert [(one.device_code, one.operator_name, one.closed) for one in found.parts] == [
            ("A01", "王海燕", True),
            ("A02", "赵静", False),
        ]
        assert [one.device_code for one in found.others("A01")] == ["A02"]
        assert not found.others("A02")
    over = site_session([*known, fact(95, "closed", "A02", "赵静")])
    assert over is not None and not over.running


def test_what_nobody_opened_is_no_session() -> None:
    assert site_session([fact(9, "closed", "A01", "王")]) is None


def test_its_name_is_the_opening_laptops_where_the_joining_ones_clock_is_behind() -> None:
    joined = replace(fact(0, "joined", "A02", "李雪梅"), body={"title": "白天场"})
    found = site_session([joined, fact(5, "opened", "A01", "王海燕")])
    assert found is not None and found.title == "晚间场"
    assert [one.device_code for one in found.parts] == ["A02", "A01"]
