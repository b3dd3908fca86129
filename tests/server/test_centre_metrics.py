"""What a Prometheus server sees of a centre, and how a centre slows down whoever has gone wild."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.api.patience import Pace, Patience
from server.errors import RefusedError
from tests.centre import start_centre
from tests.server.window import PHONE, Answer, Window


def scrape(window: Window, **headers: str) -> Answer:
    return window.plain(
        "GET", "/v1/metrics", headers={name.replace("_", "-"): v for name, v in headers.items()}
    )


def value(text: str, series: str) -> float:
    """Return the value of one series, 0 where there is none yet."""
    found = re.search(re.escape(series) + r" ([0-9.e+]+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_what_happens_is_counted_without_anybodys_name(window: Window) -> None:
    before = scrape(window).body.decode()
    pages = window.pages()
    window.send(window.event(pages))
    window.upload_all(pages)
    window.send(window.event([]))
    assert window.signed("PUT", f"/v1/packages/{'0' * 32}/1", b"part").status == 200
    answer = scrape(window)
    after = answer.body.decode()
    assert answer.headers["content-type"].startswith("text/plain")

    def grown(series: str) -> float:
        return value(after, series) - value(before, series)

    assert grown('jilai_events_total{result="applied"}') == 1
    assert grown('jilai_events_total{result="refused"}') == 1
    assert grown("jilai_pages_held_total") == 10
    assert grown("jilai_page_bytes_total") == sum(len(p.data) + len(p.original) for p in pages)
    assert grown('jilai_requests_total{method="POST",route="/v1/events",status="200"}') == 2
    put = 'jilai_requests_total{method="PUT",route="/v1/packages/{package}/{part}",status="200"}'
    assert grown(put) == 1
    assert grown('jilai_applications{state="received"}') == 1
    assert value(after, "jilai_disk_free_bytes") > 0
    for secret in ("张立群", PHONE, window.device, window.device_code + '"', window.operator):
        assert secret not in after


def test_metrics_are_for_this_machine_or_for_who_knows_the_token(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scrape(window, X_Forwarded_For="203.0.113.9").status == 403  # a proxy speaks for somebody else
    monkeypatch.setenv("JILAI_METRICS_TOKEN", "a-token-of-the-test")
    with start_centre(tmp_path, accept_after=3600, arguments=("--workers", "2")) as centre:
        other = Window(centre.url)
        assert scrape(other).status == 403
        assert scrape(other, Authorization="Bearer another").status == 403
        other.enrol(centre.enrolment_code)
        for _ in range(12):  # whichever worker answers, all are counted
            other.send(other.event(other.pages(size=20)))
        text = scrape(other, Authorization="Bearer a-token-of-the-test").body.decode()
        assert value(text, 'jilai_events_total{result="applied"}') == 12
        assert "a-token-of-the-test" not in centre.log.read_text("utf-8")


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_wrong_guesses_of_one_address_do_not_lock_out_another() -> None:
    clock = _Clock()
    patience = Patience(limit=3, seconds=60, clock=clock)
    for _ in range(3):
        patience.check("one")
        patience.count_wrong("one")
    with pytest.raises(RefusedError, match="too_many_attempts") as refused:
        patience.check("one")
    assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "60"})
    patience.check("another")
    clock.now += 60
    patience.check("one")


def test_a_device_that_has_gone_wild_is_slowed_and_nobody_else() -> None:
    clock = _Clock()
    pace = Pace(rate=10, burst=20, clock=clock)
    for _ in range(20):
        pace.take("wild")
    with pytest.raises(RefusedError, match="too_many_requests") as refused:
        pace.take("wild")
    assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "1"})
    pace.take("calm")
    clock.now += 0.5
    for _ in range(5):
        pace.take("wild")
    with pytest.raises(RefusedError):
        pace.take("wild")
