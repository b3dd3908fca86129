"""Acknowledgements: signed only when facts and all pages are here, and again for whoever asks."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, text

from sync.contract import AckStatement, sha256_hex, unb64, verify
from tests.server.window import Page, Window

NewWindow = Callable[..., Window]


def test_the_acknowledgement_comes_with_the_last_page_and_not_before(window: Window) -> None:
    pages = window.pages()
    event = window.event(pages)
    window.send(event)
    bodies = [data for page in pages for data in (page.data, page.original)]
    for number, data in enumerate(bodies):
        answer = window.acknowledgements(event["application_id"])
        assert answer["acknowledgements"] == []
        assert len(answer["missing"][event["application_id"]]) == len(bodies) - number
        window.upload(data)
    answer = window.acknowledgements(event["application_id"])
    assert answer["missing"] == {}
    (held,) = answer["acknowledgements"]
    assert held["statement"]["digests"] == sorted(event["digests"])
    assert held["statement"]["receipt_number"] == event["body"]["receipt_number"]
    assert held["statement"]["device_id"] == window.device
    assert held["statement"]["revision"] == 1


def test_the_signature_is_the_centres_and_covers_every_word(window: Window) -> None:
    pages = window.pages()
    event = window.event(pages)
    window.send(event)
    window.upload_all(pages)
    (held,) = window.acknowledgements(event["application_id"])["acknowledgements"]
    key = unb64(window.answer["server_key"])
    statement = AckStatement.model_validate(held["statement"]).model_dump()
    assert verify(key, "acknowledgement", statement, held["signature"])
    assert not verify(key, "request", statement, held["signature"])
    for name, other in (
        ("revision", 2),
        ("receipt_number", "620102-A01-261124-9999"),
        ("digests", statement["digests"][1:]),
        ("server_time", statement["server_time"] + 1),
    ):
        assert not verify(key, "acknowledgement", {**statement, name: other}, held["signature"])


def test_asking_again_gives_the_same_acknowledgement(window: Window) -> None:
    pages = window.pages()
    event = window.event(pages)
    window.send(event)
    window.upload_all(pages)
    first = window.acknowledgements(event["application_id"])["acknowledgements"]
    assert first == window.acknowledgements(event["application_id"])["acknowledgements"]
    assert first == window.send(event).json["acknowledgements"]


def test_pages_that_were_held_before_acknowledge_the_event_at_once(new_window: NewWindow) -> None:
    one, two = new_window(), new_window()
    pages = one.pages()
    one.send(one.event(pages))
    one.upload_all(pages)
    answer = two.send(two.event(pages)).json
    assert answer["missing"] == []
    assert len(answer["acknowledgements"]) == 1


def test_nothing_is_said_of_other_devices_applications_or_unknown_ones(new_window: NewWindow) -> None:
    one, two = new_window(), new_window()
    pages = one.pages()
    event = one.event(pages)
    one.send(event)
    one.upload_all(pages)
    answer = two.acknowledgements(event["application_id"], "unknown")
    assert (answer["acknowledgements"], answer["missing"]) == ([], {})


def test_a_page_arriving_while_another_application_announces_it_leaves_neither_unacknowledged(
    new_window: NewWindow, engine: Engine
) -> None:
    """Event and page commit at the same moment, neither sees the other; asking must still find both whole."""
    one, two = new_window(), new_window()
    for _ in range(8):
        shared = os.urandom(2000)
        first, second = one.pages(size=40), two.pages(size=40)
        first[0] = Page(first[0].item_code, shared, first[0].original)
        second[0] = Page(second[0].item_code, shared, second[0].original)
        one.send(one.event(first))
        for page in second[1:]:  # the second device's other pages are brought by an earlier application
            page.data, page.original = first[1].data, first[1].original
        one.upload_all(first[1:])
        one.upload(first[0].original)
        one.create(shared)
        second[0].original = first[0].original
        event = two.event(second)
        with ThreadPoolExecutor(2) as pool:
            sent = pool.submit(two.send, event)
            pool.submit(one.patch, sha256_hex(shared), 0, shared).result()
            assert sent.result().json["outcomes"][0]["result"] == "applied"
        assert len(two.acknowledgements(event["application_id"])["acknowledgements"]) == 1


def test_whatever_is_acknowledged_is_on_the_disk(engine: Engine, window: Window) -> None:
    pages = window.pages()
    window.send(window.event(pages))
    window.upload_all(pages)
    with engine.connect() as connection:
        lacking = connection.execute(
            text(
                "SELECT count(*) FROM acknowledgements k JOIN page_needs n USING (application_id, revision) "
                "LEFT JOIN page_files f ON f.digest = n.digest WHERE f.digest IS NULL"
            )
        ).scalar()
    assert lacking == 0
