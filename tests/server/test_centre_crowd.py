"""A crowd at the same moment: requests share transactions, and each is answered as if it were alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.api.gathering import Gathering
from sync.contract import request_token
from tests.server.window import Window, changed

NewWindow = Callable[..., Window]


def test_each_of_a_crowd_has_its_own_answer(new_window: NewWindow) -> None:
    windows = [new_window() for _ in range(4)]
    good = [(window, window.event(window.pages(size=20))) for window in windows for _ in range(5)]
    huge = changed(windows[0].event(windows[0].pages(size=20)), "pages.0.ordinal", 2**40)
    stolen = windows[1].event(windows[1].pages(size=20), receipt_number="620102-Z99-261124-0001")
    bad = [(windows[0], huge), (windows[1], stolen)]
    strange = Window(windows[0].url)  # a key that the centre has never seen, and one that is not the device's
    strange.device, strange.operator = "nobody", windows[0].operator
    forged = Window(windows[0].url)
    forged.device, forged.operator = windows[2].device, windows[2].operator
    with ThreadPoolExecutor(24) as pool:
        answers = [pool.submit(window.send, event) for window, event in [*good, *bad]]
        refused = [pool.submit(other.send, good[0][1]) for other in (strange, forged)]
    for (_, event), answer in zip(good, answers, strict=False):
        body = answer.result().json
        assert [(o["id"], o["result"]) for o in body["outcomes"]] == [(event["id"], "applied")]
        assert sorted(body["missing"]) == sorted(event["digests"])
        assert body["acknowledgements"] == []
    codes = [answer.result().json["outcomes"][0]["code"] for answer in answers[len(good) :]]
    assert codes == ["event_failed", "receipt_number_foreign"]
    assert [answer.result().json["code"] for answer in refused] == ["unknown_device", "bad_signature"]


def test_a_request_doubled_in_the_same_moment_counts_once(window: Window) -> None:
    body = json.dumps({"events": [window.event(window.pages(size=20))]}).encode("ascii")
    headers = {"Content-Type": "application/json"}
    headers["Authorization"] = request_token(window.key, window.claims("POST", "/v1/events", body))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: window.plain("POST", "/v1/events", body, headers), range(8)))
    assert sorted(answer.status for answer in answers) == [200] + [401] * 7
    assert {answer.json["code"] for answer in answers if answer.status == 401} == {"replayed"}


def test_a_group_that_fails_is_done_one_by_one() -> None:
    groups: list[list[int]] = []

    def do(jobs: Sequence[int]) -> list[int | Exception]:
        groups.append(list(jobs))
        if 7 in jobs:
            raise OSError("the seventh")
        return [ValueError(str(job)) if job == 3 else job * 2 for job in jobs]

    async def crowd() -> list[int | BaseException]:
        gathering = Gathering(do)
        return await asyncio.gather(*[gathering.ask(job) for job in range(100)], return_exceptions=True)

    results = asyncio.run(crowd())
    assert [r for r in results if not isinstance(r, BaseException)] == [
        n * 2 for n in range(100) if n not in (3, 7)
    ]
    assert isinstance(results[3], ValueError)
    assert isinstance(results[7], OSError)
    assert len(groups) < 60
    assert sorted(len(group) > 1 for group in groups if 7 in group) == [False, True]  # tried once more, alone


@pytest.mark.parametrize("count", [1, 5])
def test_whoever_asks_later_is_done_too(count: int) -> None:
    async def one_after_another() -> list[int]:
        gathering: Gathering[int, int] = Gathering(list)
        return [await gathering.ask(number) for number in range(count)]

    assert asyncio.run(one_after_another()) == list(range(count))
