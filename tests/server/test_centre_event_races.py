"""Events at the same moment: doubled, crossed, from copied devices; each is applied once or refused once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, text

from tests.server.window import Window, changed


def test_one_event_posted_eight_times_at_once_is_applied_once(window: Window, engine: Engine) -> None:
    event = window.event(window.pages())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: window.send(event), range(8)))
    assert {answer.status for answer in answers} == {200}
    results = sorted(answer.json["outcomes"][0]["result"] for answer in answers)
    assert results == ["already_had"] * 7 + ["applied"]
    with engine.connect() as connection:
        sql = text("SELECT count(*) FROM history WHERE application_id = :id")
        assert connection.execute(sql, {"id": event["application_id"]}).scalar() == 1


def test_batches_in_opposite_orders_do_not_stop_each_other(window: Window) -> None:
    events = [window.event(window.pages(size=200)) for _ in range(12)]
    batches = [events, events[::-1], events[6:] + events[:6], events[::-1]]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda batch: window.send(*batch), batches))
    assert [answer.status for answer in answers] == [200] * 4
    for event in events:
        results = [o["result"] for a in answers for o in a.json["outcomes"] if o["id"] == event["id"]]
        assert sorted(results) == ["already_had"] * 3 + ["applied"]


def test_a_doubled_device_cannot_give_two_applications_one_number(window: Window) -> None:
    """Two machines restored from one image count on in step, at the same moment."""
    for _ in range(6):
        number = window.take_number()
        events = [window.event(window.pages(size=30), receipt_number=number) for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            results = [a.json["outcomes"][0] for a in pool.map(window.send, events)]
        assert sorted((o["result"], o["code"]) for o in results) == [
            ("applied", ""),
            ("refused", "receipt_number_used"),
        ]


def test_one_id_for_two_applications_at_the_same_moment_is_one_event(window: Window) -> None:
    for _ in range(6):
        first, second = window.event(window.pages(size=30)), window.event(window.pages(size=30))
        second["id"] = first["id"]
        with ThreadPoolExecutor(2) as pool:
            results = [a.json["outcomes"][0] for a in pool.map(window.send, (first, second))]
        assert sorted((o["result"], o["code"]) for o in results) == [
            ("applied", ""),
            ("refused", "id_reused"),
        ]


def test_what_the_database_cannot_hold_is_refused_alone(window: Window) -> None:
    before, after = window.event(window.pages(size=30)), window.event(window.pages(size=30))
    huge = changed(window.event(window.pages(size=30)), "pages.0.ordinal", 2**40)
    results = [(o["result"], o["code"]) for o in window.send(before, huge, after).json["outcomes"]]
    assert results == [("applied", ""), ("refused", "event_failed"), ("applied", "")]
    assert window.outcome(before)["result"] == "already_had"
