"""The feed down: every item once, in commit order, only what is for this device, and soon."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import Engine, text

from registration.application import CaseState
from registration.checklist import checklist_from_pack
from registration.identifiers import parse_unit_code
from server.store import feed
from server.store.database import transaction
from server.store.devices import add_operator
from server.store.review import Decision, decide
from tests.server.window import Window

NewWindow = Callable[..., Window]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_new_device_gets_all_reference_data_from_the_beginning(window: Window) -> None:
    items, cursor = window.all_changes()
    kinds = {item["kind"] for item in items}
    assert {"pack", "compound", "operator", "device_key"} <= kinds
    assert [item["seq"] for item in items] == sorted({item["seq"] for item in items})
    assert cursor >= items[-1]["seq"]
    pack = next(i["body"] for i in items if i["body"].get("name") == "registration_types")
    assert checklist_from_pack(pack["body"], "new_housing_transfer").items
    compounds = [item["body"] for item in items if item["kind"] == "compound"]
    shipped = ("金河湾", "陇纺家属院")  # other tests publish their own, and news of these without households
    whole = [body for body in compounds if body["name"] in shipped and "households" in body]
    units = {body["name"]: body["households"] for body in whole}
    assert {name: len(rows) for name, rows in units.items()} == {"金河湾": 400, "陇纺家属院": 60}
    assert len({row["building"] for row in units["金河湾"]}) == 4
    codes = [row["unit_code"] for rows in units.values() for row in rows if row["unit_code"]]
    assert len(set(codes)) == len(codes) == 450  # ten old households are not surveyed yet
    assert all(parse_unit_code(code) == code for code in codes)


def test_a_device_sees_only_its_own_sites_and_its_own_cases(new_window: NewWindow, engine: Engine) -> None:
    mill, both = new_window(sites=["demo-longfang"]), new_window()
    compounds = {i["body"]["id"] for i in mill.all_changes()[0] if i["kind"] == "compound"}
    assert compounds == {"demo-longfang"}  # as often as it was published
    _, start = both.all_changes()
    event = both.event(both.pages())
    both.send(event)
    with transaction(engine) as connection:
        decision = Decision(CaseState.REJECTED, "test", reason_zh="非本机构登记范围")
        decide(connection, NOW, event["application_id"], decision)
    assert [i["body"]["application_id"] for i in both.all_changes(start)[0] if i["kind"] == "status"] == [
        event["application_id"]
    ]
    items, cursor = mill.all_changes(start)
    assert [item["kind"] for item in items if item["kind"] == "status"] == []
    assert cursor >= start + 1  # what is for others is not searched again


def test_a_reader_never_steps_over_an_item_that_commits_late(engine: Engine) -> None:
    """Writers that dawdle between taking a number and committing; a reader that follows closely."""
    stop = threading.Event()
    written: list[int] = []
    seen: list[int] = []
    with engine.connect() as connection:
        begin = int(connection.execute(text("SELECT coalesce(max(seq), 0) FROM feed")).scalar_one())

    def write(dawdle: float) -> None:
        for number in range(12):
            with engine.connect() as connection:
                deal = connection.begin()
                seq = feed.append(connection, NOW, "test", {"n": number}, feed.device("follower"))
                time.sleep(dawdle)
                if number % 4 == 3:
                    deal.rollback()
                else:
                    deal.commit()
                    written.append(seq)

    def follow() -> None:
        cursor = begin
        while True:
            last_round = stop.is_set()
            with transaction(engine) as connection:
                items, cursor, _ = feed.page(connection, "follower", [], cursor)
            seen.extend(item.seq for item in items if item.kind == "test")
            if last_round and not items:
                return

    reader = threading.Thread(target=follow)
    reader.start()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, (0.0, 0.004, 0.011)))
    stop.set()
    reader.join(30)
    assert seen == sorted(written)
    assert len(set(seen)) == 27
    with engine.connect() as connection:
        numbers = connection.execute(text("SELECT seq FROM feed ORDER BY seq")).scalars().all()
    assert list(numbers) == list(range(1, len(numbers) + 1))  # a rollback leaves no gap


def test_a_long_poll_ends_when_something_happens(window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(window.changes, cursor, 20)
        time.sleep(0.3)
        assert not waiting.done()
        began = time.monotonic()
        with transaction(engine) as connection:
            add_operator(connection, NOW, f"poll-{began}", "李娜", "helper")
        page = waiting.result(10)
    assert [item["kind"] for item in page["items"]] == ["operator"]
    assert time.monotonic() - began < 5


def test_a_long_poll_without_news_ends_in_its_time(window: Window) -> None:
    _, cursor = window.all_changes()
    began = time.monotonic()
    page = window.changes(cursor, wait=0.4)
    assert (page["items"], page["more"]) == ([], False)
    assert 0.35 <= time.monotonic() - began < 10


def test_long_pages_are_cut_and_go_on(window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    with transaction(engine) as connection:
        for number in range(feed.PAGE_ITEMS + 5):
            feed.append(connection, NOW, "test", {"n": number}, feed.device(window.device))
    first = window.changes(cursor)
    assert (len(first["items"]), first["more"]) == (feed.PAGE_ITEMS, True)
    rest = window.changes(first["cursor"])
    assert (len(rest["items"]), rest["more"]) == (5, False)
    assert [i["body"]["n"] for i in first["items"] + rest["items"]] == list(range(feed.PAGE_ITEMS + 5))


def test_heavy_pages_are_cut_too(window: Window, engine: Engine) -> None:
    _, cursor = window.all_changes()
    with transaction(engine) as connection:
        for number in range(3):
            body = {"n": number, "text": "户" * 500_000}
            feed.append(connection, NOW, "test", body, feed.device(window.device))
    numbers, more = [], True
    while more:
        page = window.changes(cursor)
        assert len(page["items"]) == 1
        numbers += [item["body"]["n"] for item in page["items"]]
        cursor, more = page["cursor"], page["more"]
    assert numbers == [0, 1, 2]


def test_a_cursor_from_the_future_gets_nothing(window: Window) -> None:
    page = window.changes(10**15)
    assert (page["items"], page["cursor"]) == ([], 10**15)


def test_malformed_cursors_are_refused(window: Window) -> None:
    for query in ("cursor=-1", "cursor=x", "cursor=1e3", "cursor=99999999999999999999", "wait=nan"):
        answer = window.signed("GET", f"/v1/changes?{query}")
        assert (answer.status, answer.json["code"]) == (400, "bad_request"), query
