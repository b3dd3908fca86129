"""Who is taken for the centre: a real one behind TLS, its authority, its pinned key, a proxy between."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from registration.errors import InputError
from registration.link import (
    EnrolLink,
    check_authorities,
    check_proxy,
    read_enrol_link,
    read_limit,
    read_pin,
)
from storage import audit, link
from sync.status import Phase
from sync.trust import key_digest
from tests.centre import Centre, start_centre
from tests.certificates import Authority, authority, write_server
from tests.connect_proxy import ConnectProxy
from tests.sync.archive import Archive, archive_of
from tests.sync.counter import QUICK, Counter

SLOW_TO_POLL = replace(QUICK, long_poll=0)
OTHER_PIN = "0" * 64


@dataclass(frozen=True)
class Behind:
    """A centre behind TLS: who signed its certificate, and the digest of its key."""

    centre: Centre
    archive: Archive
    by: Authority
    pin: str


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder, by = tmp_path_factory.mktemp("tls"), authority()
    cert, key, der = write_server(folder, by)
    arguments = ("--tls-certificate", str(cert), "--tls-key", str(key))
    with start_centre(folder, arguments=arguments) as centre:
        archive = archive_of(centre)
        yield Behind(centre, archive, by, key_digest(der))
        archive.close()


@pytest.fixture
def counter(tmp_path: Path, behind: Behind) -> Iterator[Counter]:
    opened = Counter(tmp_path, behind.centre.url, behind.archive.code())
    yield opened
    opened.close()


def trust(counter: Counter, **values: Any) -> None:
    counter.write(lambda db: link.set_link(db, counter.now(), counter.who(), **values))


def test_the_centre_is_behind_tls(behind: Behind) -> None:
    assert behind.centre.url.startswith("https://")


@pytest.mark.parametrize("how", ["authority", "pin", "both"])
def test_an_authority_or_a_pin_lets_everything_through(how: str, counter: Counter, behind: Behind) -> None:
    given = {"authorities": behind.by.pem, "pin": behind.pin}
    unused = {"authority": "pin", "pin": "authorities"}.get(how, "")
    trust(counter, **{name: value for name, value in given.items() if name != unused})
    counter.worker(SLOW_TO_POLL)
    counter.wait_for(counter.has_reference)
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))


@pytest.mark.parametrize("wrong", ["nothing", "authority", "pin", "pin beside the right authority"])
def test_anything_else_is_not_the_centre_and_gets_nothing(
    wrong: str, counter: Counter, behind: Behind
) -> None:
    trust(
        counter,
        **{
            "nothing": {},
            "authority": {"authorities": authority("Somebody else").pem},
            "pin": {"pin": OTHER_PIN},
            "pin beside the right authority": {"authorities": behind.by.pem, "pin": OTHER_PIN},
        }[wrong],
    )
    enrolled = behind.archive.count("SELECT count(*) FROM devices")
    counter.worker(SLOW_TO_POLL)
    counter.wait_for(lambda: counter.problem() == "not_the_centre")
    assert counter.identity().device_id is None
    assert behind.archive.count("SELECT count(*) FROM devices") == enrolled
    trust(counter, authorities="", pin=behind.pin)  # the right one, and it goes on by itself
    counter.wait_for(lambda: counter.identity().device_id is not None)


def test_a_tunnel_carries_everything_and_reads_nothing(counter: Counter, behind: Behind) -> None:
    with ConnectProxy() as proxy:
        trust(counter, pin=behind.pin, proxy=proxy.url)
        counter.worker(SLOW_TO_POLL)
        counter.wait_for(counter.has_reference)
        case = counter.submit()
        counter.wait_for(lambda: counter.held(case))
        assert set(proxy.tunnels) == {behind.centre.url.removeprefix("https://").rstrip("/")}
        assert b"Jilai" not in proxy.passed and b"/v1/" not in proxy.passed
        counter.workers[0].stop()


def test_a_proxy_that_wants_a_sign_in_is_named_and_satisfied(counter: Counter, behind: Behind) -> None:
    expected = "Basic " + base64.b64encode(b"window:letmein").decode("ascii")
    with ConnectProxy(expected) as proxy:
        trust(counter, pin=behind.pin, proxy=proxy.url)
        counter.worker(SLOW_TO_POLL)
        counter.wait_for(lambda: counter.problem() == "proxy_refused")
        assert proxy.tunnels == []
        trust(counter, proxy=proxy.url.replace("http://", "http://window:letmein@"))
        counter.wait_for(lambda: counter.identity().device_id is not None)
        counter.workers[0].stop()


def test_a_proxy_that_is_not_there_is_offline(counter: Counter, behind: Behind) -> None:
    trust(counter, pin=behind.pin, proxy="http://127.0.0.1:9")
    counter.worker(SLOW_TO_POLL)
    counter.wait_for(lambda: counter.problem() == "offline")
    assert counter.last.phase in {Phase.OFFLINE, Phase.UNENROLLED}


def test_a_proxys_password_is_in_no_record(counter: Counter) -> None:
    trust(counter, proxy="http://window:letmein@10.0.0.1:3128", limit_kbit=256)
    rows = counter.store.read(lambda db: audit.history(db, "device"))
    changed = [row for row in rows if row.action == "link_changed"]
    assert len(changed) == 1
    assert "letmein" not in repr(changed) and "proxy" in repr(changed)
    assert counter.store.read(link.link_settings).limit_kbit == 256


@pytest.mark.parametrize(
    "typed",
    [
        "AB" * 32,
        ":".join(["ab"] * 32),
        "ab " * 32,
        "sha256/" + base64.b64encode(bytes([0xAB]) * 32).decode("ascii"),
    ],
)
def test_a_pin_is_read_as_people_write_it(typed: str) -> None:
    assert read_pin(typed) == "ab" * 32
    assert read_pin("  ") == ""


@pytest.mark.parametrize("typed", ["ab" * 31, "xy" * 32, "sha256/", "sha256/!!", "sha256/YWJj"])
def test_what_is_no_pin_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="centre_pin"):
        read_pin(typed)


def test_proxies_and_limits_are_checked_where_they_are_typed() -> None:
    assert check_proxy(" http://10.0.0.1:3128/ ") == "http://10.0.0.1:3128"
    assert check_proxy("") == ""
    for wrong in ("10.0.0.1:3128", "http://10.0.0.1", "socks5://a:1", "http://a:x", "http://a:1/path"):
        with pytest.raises(InputError, match="proxy_address"):
            check_proxy(wrong)
    assert (read_limit(""), read_limit(" 256 ")) == (0, 256)
    for wrong in ("0", "-5", "fast", "15", "9999999", "２５６"):
        with pytest.raises(InputError, match="link_limit"):
            read_limit(wrong)


def test_a_certificate_file_is_one_and_holds_no_key(tmp_path: Path) -> None:
    by = authority()
    _, key, _ = write_server(tmp_path, by)
    assert check_authorities(by.pem) == by.pem
    for wrong in ("no certificate", key.read_text(), by.pem + key.read_text(), by.pem[:200]):
        with pytest.raises(InputError, match="authorities"):
            check_authorities(wrong)


def test_an_enrolment_link_says_the_same_on_both_ends() -> None:
    given = EnrolLink("https://centre.example:8460/jilai", "AB12-CD&?=34", "ab" * 32)
    assert read_enrol_link(given.text()) == given
    assert read_enrol_link(replace(given, pin="").text()) == replace(given, pin="")
    for other in (
        "",
        "https://centre.example",
        "jilai-enrol://v1?code=1",
        "jilai-enrol://v2?centre=a&code=1",
    ):
        assert read_enrol_link(other) is None
    assert read_enrol_link("jilai-enrol://v1?centre=a&code=1&pin=zz") is None
