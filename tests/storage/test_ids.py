"""Identifiers sort by time and never go backwards."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

from storage.ids import new_id
from tests.storage.evening import NOW


def test_an_id_is_a_uuid_of_version_7_with_its_time() -> None:
    made = uuid.UUID(new_id(NOW + timedelta(days=40_000)))  # later than any other test's
    assert made.version == 7 and made.variant == uuid.RFC_4122
    assert made.int >> 80 == int((NOW + timedelta(days=40_000)).timestamp() * 1000)


def test_ids_go_up_also_when_the_clock_stands_or_jumps_back() -> None:
    moments = [NOW] * 500 + [NOW - timedelta(days=700)] * 500 + [NOW + timedelta(seconds=1)] * 500
    ids = [new_id(moment) for moment in moments]
    assert ids == sorted(set(ids))


def test_threads_never_get_the_same_id() -> None:
    ids: list[str] = []

    def make() -> None:
        ids.extend([new_id(NOW) for _ in range(2000)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == 8000
