"""Receipt numbers: blocks follow each other, a lost answer wastes none, a low block is renewed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sync.contract import NumberBlockFact
from tests.server.window import Window


def ask(window: Window, after: int) -> NumberBlockFact:
    answer = window.post("/v1/number-blocks", {"after": after, "left": 0})
    assert answer.status == 200, answer.body
    return NumberBlockFact.model_validate(answer.json)


def test_the_next_block_follows_and_is_the_same_when_asked_again(window: Window) -> None:
    first = NumberBlockFact.model_validate(window.answer["number_block"])
    second = ask(window, first.last)
    assert second.first == first.last + 1
    assert ask(window, first.last) == second
    assert ask(window, second.last).first == second.last + 1


def test_asking_many_times_at_once_reserves_one_block(window: Window) -> None:
    last = window.answer["number_block"]["last"]
    with ThreadPoolExecutor(6) as pool:
        blocks = list(pool.map(lambda _: ask(window, last), range(6)))
    assert len({(block.first, block.last) for block in blocks}) == 1


def test_devices_have_their_own_codes_so_that_numbers_never_meet(new_window: Callable[..., Window]) -> None:
    codes = [new_window().device_code for _ in range(5)]
    assert len(set(codes)) == 5


def test_a_low_block_is_renewed_by_the_feed(window: Window) -> None:
    _, cursor = window.all_changes()
    window.next_number = window.answer["number_block"]["last"] - 100
    events = [window.event(window.pages(size=20)) for _ in range(2)]
    for event in events:
        assert window.send(event).json["outcomes"][0]["result"] == "applied"
    blocks = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "number_block"]
    assert [block["first"] for block in blocks] == [window.answer["number_block"]["last"] + 1]


def test_only_a_device_in_good_standing_gets_numbers(window: Window) -> None:
    assert (
        window.plain("POST", "/v1/number-blocks", b"{}", {"Content-Type": "application/json"}).status == 401
    )
