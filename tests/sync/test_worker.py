"""The worker against a real centre over a cable that breaks: it goes by itself, believing nothing early."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from urllib.parse import urlsplit

from registration.application import CaseState, Delivery
from server.store.review import Decision, ItemToMend
from storage import device
from sync.status import Phase
from tests.centre import Centre, start_centre
from tests.fault_proxy import Fault, FaultProxy, Seen
from tests.sync.archive import Archive
from tests.sync.counter import QUICK, Counter, Open

NEVER = 600.0  # a pace that does not come round within a test


def ready(open_counter: Open) -> Counter:
    """Return an enrolled counter with its reference data, its worker in contact."""
    counter = open_counter()
    counter.worker()
    counter.wait_for(counter.has_reference)
    counter.wait_phase(Phase.CONNECTED)
    return counter


def settle(counter: Counter, cable: FaultProxy) -> None:
    """Wait until the standing request for news stands and nothing else came for half a second."""
    quiet = [-1, time.monotonic()]

    def holds() -> bool:
        seen = list(cable.totals.requests)
        if len(seen) != quiet[0]:
            quiet[:] = [len(seen), time.monotonic()]
        asked = [each.path for each in seen if "/v1/changes" in each.path]
        return bool(asked) and "wait=20" in asked[-1] and time.monotonic() - quiet[1] > 0.5

    counter.wait_for(holds, 18)


def test_a_case_arrives_whole_and_its_acceptance_comes_back(open_counter: Open, archive: Archive) -> None:
    counter = ready(open_counter)
    case = counter.submit(contents=[secrets.token_bytes(size) for size in (30_000, 250_000, 5)])
    counter.wait_for(lambda: counter.held(case))
    assert archive.digests(case) == counter.digests(case)
    assert archive.times_applied(case) == 1
    counter.wait_for(lambda: counter.detail(case).acceptance_number != "")
    assert counter.detail(case).state is CaseState.ACCEPTED
    assert counter.detail(case).acceptance_number == archive.case(case)["acceptance_number"]
    last = counter.wait_phase(Phase.CONNECTED)
    assert (last.waiting, last.sending, last.pages_waiting, last.bytes_waiting, last.parked) == (
        0,
        0,
        0,
        0,
        0,
    )
    assert last.problem is None
    assert last.last_contact is not None
    assert last.clock_offset is not None
    assert abs(last.clock_offset) < 5
    assert any(status.phase is Phase.SENDING and status.sending == 1 for status in counter.statuses)


def test_cable_out_and_in_again_needs_nobody(open_counter: Open, archive: Archive, cable: FaultProxy) -> None:
    counter = ready(open_counter)
    cable.down()
    counter.wait_phase(Phase.OFFLINE)
    assert counter.problem() == "offline"
    cases = [counter.submit(size=1000), counter.submit(size=2000)]
    counter.wait_for(lambda: counter.last.waiting == 2)
    counter.wait_for(lambda: counter.last.next_try_at is not None)
    assert (counter.last.pages_waiting, counter.last.bytes_waiting) == (2, 3000)
    assert not counter.held(cases[0])
    cable.up()
    counter.wait_for(lambda: counter.held(*cases))
    assert [archive.times_applied(case) for case in cases] == [1, 1]
    assert counter.wait_phase(Phase.CONNECTED).problem is None


def test_a_captive_portal_is_not_the_centre(open_counter: Open, archive: Archive, cable: FaultProxy) -> None:
    counter = ready(open_counter)
    cable.plan = lambda seen: Fault(portal=True)
    case = counter.submit()
    cable.cut()
    counter.wait_for(lambda: counter.problem() == "not_the_centre" and counter.last.phase is Phase.OFFLINE)
    several = len(cable.totals.requests) + 4
    counter.wait_for(lambda: len(cable.totals.requests) > several)
    assert counter.problem() == "not_the_centre"
    assert counter.delivery(case) in {Delivery.ON_DISK, Delivery.SENDING}
    assert archive.times_applied(case) == 0
    cable.plan = lambda seen: None
    counter.wait_for(lambda: counter.held(case))
    assert archive.digests(case) == counter.digests(case)


def test_a_wrong_clock_is_named_with_minutes_and_direction(open_counter: Open, archive: Archive) -> None:
    counter = ready(open_counter)
    counter.ahead = 12 * 60
    case = counter.submit()
    counter.wait_phase(Phase.CLOCK_WRONG)
    assert counter.problem() == "clock_wrong"
    assert problem_words(counter) == ("12", "ahead")
    assert abs((counter.last.clock_offset or 0) - 720) < 10
    assert archive.times_applied(case) == 0
    counter.ahead = -20 * 60
    counter.wait_for(lambda: problem_words(counter) == ("20", "behind"))
    counter.ahead = 0
    counter.wait_for(lambda: counter.held(case))
    counter.wait_for(lambda: abs(counter.identity().clock_offset or 0) < 5)


def problem_words(counter: Counter) -> tuple[str, str]:
    params = counter.last.problem.params if counter.last.problem else {}
    return params.get("minutes", ""), params.get("direction", "")


def test_a_revoked_device_hands_over_what_it_had_and_says_so(
    open_counter: Open, archive: Archive, cable: FaultProxy
) -> None:
    counter = ready(open_counter)
    cable.down()
    case = counter.submit()
    archive.revoke(counter.identity().device_code or "")
    cable.up()
    counter.wait_phase(Phase.REFUSED)
    assert counter.problem() == "device_revoked"
    counter.wait_for(lambda: counter.held(case))
    assert archive.times_applied(case) == 1


def test_a_refused_code_is_said_and_a_good_one_enrols_by_itself(open_counter: Open, archive: Archive) -> None:
    counter = open_counter(code="ABCD-EFGH-JKMN")
    counter.worker()
    counter.wait_for(lambda: counter.problem() == "enrolment_refused")
    assert counter.last.phase is Phase.UNENROLLED
    who, url, good = counter.who(), counter.identity().centre_url, archive.code()
    counter.write(lambda db: device.set_centre(db, counter.now(), who, url, good))
    counter.wait_for(counter.has_reference)
    assert counter.wait_phase(Phase.CONNECTED).problem is None


def test_an_address_in_the_clear_is_never_contacted(open_counter: Open) -> None:
    counter = open_counter(url="http://centre.example")
    counter.worker()
    counter.wait_for(lambda: counter.problem() == "centre_not_secure")
    assert counter.last.phase is Phase.UNENROLLED


def test_news_comes_while_nothing_is_sent(open_counter: Open, archive: Archive, cable: FaultProxy) -> None:
    counter = open_counter()
    counter.worker(replace(QUICK, heartbeat=NEVER, long_poll=20))
    counter.wait_for(counter.has_reference)
    case = counter.submit()
    counter.wait_for(lambda: counter.detail(case).acceptance_number != "")
    counter.wait_phase(Phase.CONNECTED)
    settle(counter, cable)
    before = len(cable.totals.requests)
    item = ItemToMend("invoice", "发票缺少印章", "The invoice lacks its stamp")
    archive.decide(case, Decision(CaseState.RETURNED, "reviewer:test", items=(item,)))
    counter.wait_for(lambda: counter.detail(case).state is CaseState.RETURNED)
    assert "The invoice lacks its stamp" in counter.detail(case).problem_en
    news = [seen for seen in cable.totals.requests[before:] if "/v1/changes" in seen.path]
    assert len(news) <= 1  # it came by the request that stood open


def test_outgoing_work_does_not_wait_for_the_standing_request(open_counter: Open, cable: FaultProxy) -> None:
    counter = open_counter()
    counter.worker(replace(QUICK, heartbeat=NEVER, long_poll=20))
    counter.wait_for(counter.has_reference)
    counter.wait_phase(Phase.CONNECTED)
    settle(counter, cable)
    standing = len(cable.totals.requests) - 1
    case = counter.submit()
    counter.wait_for(lambda: counter.held(case))
    later = [seen.path for seen in cable.totals.requests[standing + 1 :]]
    # What the window did before the case (its session's opening) may be in its log on the way first.
    assert next(path for path in later if path != "/v1/audit") == "/v1/events"


def test_stopping_in_the_middle_of_a_request_is_quick(open_counter: Open, cable: FaultProxy) -> None:
    counter = ready(open_counter)
    stalled: list[Seen] = []

    def stall(seen: Seen) -> Fault | None:
        stalled.append(seen)
        return Fault(stall=True)

    cable.plan = stall
    case = counter.submit()
    counter.wait_for(lambda: any(seen.path == "/v1/events" for seen in stalled))
    began = time.monotonic()
    assert counter.workers[-1].stop(5.0)
    assert time.monotonic() - began < 5.0
    assert not counter.held(case)
    cable.plan = lambda seen: None
    counter.worker()
    counter.wait_for(lambda: counter.held(case))


def test_the_button_cuts_a_long_wait_short(open_counter: Open, cable: FaultProxy) -> None:
    counter = open_counter()
    cable.down()
    worker = counter.worker(replace(QUICK, first_retry=NEVER, longest_retry=NEVER))
    counter.wait_phase(Phase.OFFLINE)
    counter.wait_for(lambda: counter.last.next_try_at is not None)
    assert counter.last.next_try_at is not None
    assert (counter.last.next_try_at - counter.now()).total_seconds() > 100
    cable.up()
    worker.wake()
    counter.wait_for(counter.has_reference)


def test_a_centre_killed_in_mid_upload_and_started_again_gets_it_once(
    open_counter: Open, archive: Archive, centre: Centre, cable: FaultProxy
) -> None:
    counter = ready(open_counter)
    patches: list[Seen] = []

    def slow(seen: Seen) -> Fault | None:
        if seen.method == "PATCH":
            patches.append(seen)
            return Fault(cut_up=400_000) if len(patches) == 1 else Fault(hold_up=0.3)
        return None

    cable.plan = slow
    case = counter.submit(contents=[secrets.token_bytes(900_000), secrets.token_bytes(900_001)])
    counter.wait_for(lambda: len(patches) >= 2)
    centre.kill()
    counter.wait_phase(Phase.OFFLINE)
    assert not counter.held(case)
    cable.plan = lambda seen: None
    centre.process = start_centre(centre.data_dir.parent, port=urlsplit(centre.url).port or 0).process
    counter.wait_for(lambda: counter.held(case))
    assert archive.digests(case) == counter.digests(case)
    assert archive.times_applied(case) == 1
