"""Sealed packages there and back with the real centre: nothing doubled, nothing read by others or half in."""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registration.application import CaseState, Delivery
from registration.errors import CentreError, InputError
from storage import feed, packages
from storage.trust import trusted_keys
from sync.contract import key_id, unb64
from sync.contract import package_format as form
from sync.contract import package_records as records
from sync.contract.package_format import PackageError
from sync.package import answer, export, online
from sync.package.desk import PackageDesk
from sync.status import Phase
from sync.transport import Answer, Transport
from tests.centre import Centre
from tests.fault_proxy import Fault, FaultProxy
from tests.sync.archive import Archive
from tests.sync.counter import QUICK_PATIENCE, Counter, Open

SMALL = 1 << 20
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def counter(open_counter: Open) -> Counter:
    """An enrolled counter whose cable is out from now on."""
    opened = open_counter()
    asyncio.run(opened.one_pass())
    return opened


def pack(counter: Counter, folder: Path, part_bytes: int = 650 << 20) -> list[Path]:
    folder.mkdir(exist_ok=True)
    package = export.begin(counter.store, counter.who(), counter.now(), part_bytes)
    written = export.write(counter.store, counter.pages, package, folder, lambda done, whole: True)
    assert written is not None
    return list(written.files)


def bring(centre: Centre, files: list[Path], folder: Path) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    told = centre.admin("import-package", "--answer", str(folder), *map(str, files))
    assert isinstance(told, dict)
    return told


def refused(centre: Centre, files: list[Path]) -> str:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        centre.admin("import-package", *map(str, files))
    return str(json.loads(failed.value.stderr)["code"])


def take(counter: Counter, told: dict[str, Any]) -> packages.PackageTaken:
    return answer.take(counter.store, counter.who(), counter.now(), [Path(name) for name in told["answer"]])


def test_there_by_disc_and_back_lights_the_lamp(
    counter: Counter, centre: Centre, archive: Archive, tmp_path: Path
):
    cases = [counter.submit(size=30_000) for _ in range(3)]
    files = pack(counter, tmp_path / "disc")
    assert all(counter.delivery(case) is Delivery.ON_DISK for case in cases), "only the answer turns the lamp"
    told = bring(centre, files, tmp_path / "back")
    assert set(told["events"]) == {"applied"} and told["acknowledged"] == 3 and not told["already_imported"]
    for case in cases:
        assert sorted(archive.digests(case)) == counter.digests(case)
    taken = take(counter, told)
    assert (taken.acknowledged, taken.refused, taken.wrong) == (3, 0, 0)
    assert counter.held(*cases)
    assert take(counter, told).acknowledged == 0, "the same answer again changes nothing"
    report = asyncio.run(counter.one_pass())
    assert report.problem is None and report.pages == 0
    assert all(archive.times_applied(case) == 1 for case in cases)


def test_the_same_package_again_counts_once_and_is_answered_again(
    counter: Counter, centre: Centre, archive: Archive, tmp_path: Path
):
    case = counter.submit()
    files = pack(counter, tmp_path / "disc")
    bring(centre, files, tmp_path / "lost")
    told = bring(centre, files, tmp_path / "back")
    assert told["already_imported"] and set(told["events"]) == {"already_had"}
    assert archive.times_applied(case) == 1
    assert take(counter, told).acknowledged == 1 and counter.held(case)


def test_by_the_wire_first_and_by_disc_after(
    counter: Counter, centre: Centre, archive: Archive, tmp_path: Path
):
    case = counter.submit()
    files = pack(counter, tmp_path / "disc")
    asyncio.run(counter.one_pass())
    assert counter.held(case)
    told = bring(centre, files, tmp_path / "back")
    assert set(told["events"]) == {"already_had"} and archive.times_applied(case) == 1
    take(counter, told)
    assert counter.held(case) and counter.detail(case).state in (CaseState.RECEIVED, CaseState.ACCEPTED)


def test_cut_for_small_discs_each_part_proves_itself_and_a_lost_one_is_named(
    counter: Counter, centre: Centre, tmp_path: Path
):
    case = counter.submit(contents=[secrets.token_bytes(900_000) for _ in range(5)])
    files = pack(counter, tmp_path / "disc", SMALL)
    assert len(files) == 5 and all(file.stat().st_size <= SMALL for file in files)
    own = counter.identity().signing_key.public_key().public_bytes_raw()
    for file in files:
        assert form.verify_part(form.read_part(file), own)
    assert refused(centre, [*files[:1], *files[2:]]) == "package_part_missing"
    shuffled = random.Random(7).sample(files, len(files))
    take(counter, bring(centre, shuffled, tmp_path / "back"))
    assert counter.held(case)


def test_a_broken_off_export_goes_on_byte_for_byte(counter: Counter, tmp_path: Path):
    counter.submit(contents=[secrets.token_bytes(900_000) for _ in range(5)])
    whole = pack(counter, tmp_path / "disc", SMALL)
    package = counter.store.read(packages.made)[0]
    again = tmp_path / "again"
    again.mkdir()
    steps = iter(range(1000))
    stopped = export.write(counter.store, counter.pages, package, again, lambda *_: next(steps) < 3)
    assert stopped is None and 0 < len(list(again.glob(f"*{form.SUFFIX}"))) < len(whole)
    assert not list(again.glob(".*")), "nothing half written is left"
    written = export.write(counter.store, counter.pages, package, again, lambda *_: True)
    assert written is not None and written.kept > 0
    assert [f.read_bytes() for f in written.files] == [f.read_bytes() for f in whole]


def test_nobody_but_the_centre_can_read_it(counter: Counter, open_counter: Open, tmp_path: Path):
    counter.submit()
    files = pack(counter, tmp_path / "disc")
    raw = files[0].read_bytes()
    for word in ("张立群", "620102198503071231", "13893100000"):
        for code in ("utf-8", "utf-16-le", "gb18030"):
            assert word.encode(code) not in raw
    part = form.read_part(files[0])
    thief = form.reply_secret(open_counter().identity().signing_key)
    own, ephemeral = thief.public_key().public_bytes_raw(), unb64(part.header.ephemeral)
    key = form.stream_key(thief, ephemeral, ephemeral, own)
    with pytest.raises(PackageError) as failed:
        list(records.records(form.unseal(key, part.header, form.sealed_bytes([part]))))
    assert failed.value.code == "package_not_for_us"


def test_what_is_all_there_makes_no_package(counter: Counter):
    with pytest.raises(InputError) as failed:
        export.begin(counter.store, counter.who(), counter.now(), SMALL)
    assert failed.value.code == "package_nothing"


def test_an_answer_for_another_laptop_is_refused_and_changes_nothing(
    counter: Counter, open_counter: Open, centre: Centre, tmp_path: Path
):
    other = open_counter()
    asyncio.run(other.one_pass())
    case = other.submit()
    told = bring(centre, pack(other, tmp_path / "disc"), tmp_path / "back")
    before = counter.store.read(feed.cursor)
    with pytest.raises(InputError) as failed:
        take(counter, told)
    assert failed.value.code == "package_of_another_device"
    assert counter.store.read(feed.cursor) == before
    assert take(other, told).acknowledged == 1 and other.held(case)


def test_a_package_of_an_unknown_device_or_with_other_bytes_is_refused(
    counter: Counter, centre: Centre, archive: Archive, tmp_path: Path
):
    case = counter.submit()
    files = pack(counter, tmp_path / "disc")
    damaged = tmp_path / files[0].name
    for at in (len(form.MAGIC) + 40, 900, files[0].stat().st_size - 70, files[0].stat().st_size - 3):
        raw = bytearray(files[0].read_bytes())
        raw[at] ^= 1
        damaged.write_bytes(raw)
        assert refused(centre, [damaged]) in ("package_damaged", "package_unknown_maker")
    damaged.write_bytes(files[0].read_bytes()[:-1])
    assert refused(centre, [damaged]) == "package_damaged"
    damaged.write_bytes(os.urandom(5000))
    assert refused(centre, [damaged]) == "package_foreign"
    assert archive.count("SELECT count(*) FROM applications WHERE id = :id", id=case) == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_hostile_bytes_end_as_one_kind_of_error(tmp_path: Path, data: st.DataObject):
    """Whatever a file says, reading it ends with PackageError, and takes no memory for a lie."""
    path = tmp_path / "x.jilai"
    kind = data.draw(st.sampled_from(["noise", "header", "length"]))
    if kind == "noise":
        path.write_bytes(form.MAGIC + data.draw(st.binary(max_size=300)))
    elif kind == "length":
        path.write_bytes(form.MAGIC + b"\xff\xff\xff\xff" + data.draw(st.binary(max_size=50)))
    else:
        value = data.draw(
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                lambda inner: (
                    st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
                ),
                max_leaves=10,
            )
        )
        body = json.dumps(value).encode()
        path.write_bytes(form.MAGIC + len(body).to_bytes(4, "big") + body)
    with pytest.raises(PackageError):
        form.read_part(path)


@settings(max_examples=60, deadline=None)
@given(raw=st.lists(st.binary(min_size=1, max_size=40), max_size=6))
def test_an_open_stream_of_nonsense_ends_as_an_error(raw: list[bytes]):
    with pytest.raises(PackageError):
        for record in records.records(raw):
            for _ in record.pieces:
                pass


def test_a_centre_killed_while_it_imports_counts_the_package_once(
    counter: Counter, centre: Centre, archive: Archive, tmp_path: Path
):
    """kill -9 at several moments of the import, then once in peace; no moment leaves a half or a double."""
    cases = [counter.submit(contents=[secrets.token_bytes(200_000) for _ in range(5)]) for _ in range(4)]
    files = pack(counter, tmp_path / "disc")
    command = [sys.executable, "-m", "server", "admin", "--data-dir", str(centre.data_dir)]
    command += ["import-package", "--answer", str(tmp_path / "disc"), *map(str, files)]
    for wait in (0.9, 1.2, 1.5):
        killed = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(wait)
        killed.kill()
        killed.wait(20)
        found = archive.count("SELECT count(*) FROM applications WHERE id = ANY(:ids)", ids=cases)
        assert found in (0, len(cases)), "all of a package or nothing"
    told = bring(centre, files, tmp_path / "back")
    assert set(told["events"]) <= {"applied", "already_had"} and told["acknowledged"] == 4
    assert take(counter, told).acknowledged == 4 and counter.held(*cases)
    assert all(archive.times_applied(case) == 1 for case in cases)
    assert all(sorted(archive.digests(case)) == counter.digests(case) for case in cases)


def trusting(carrier: Counter, maker: Counter) -> None:
    """Let one device know another's key, as the feed does."""
    asyncio.run(carrier.one_pass())
    key = key_id(maker.identity().signing_key.public_key().public_bytes_raw())
    assert key in carrier.store.read(trusted_keys)


def leading(counter: Counter, open_counter: Open, folder: Path) -> PackageDesk:
    """Return the desk of another laptop, in contact, that keeps what it carries in `folder`."""
    leader = open_counter()
    asyncio.run(leader.one_pass())
    trusting(leader, counter)
    worker = leader.worker()
    leader.wait_phase(Phase.CONNECTED)
    return PackageDesk(leader.store, leader.pages, folder, leader.now, leader.who, worker.questions)


def test_a_leader_s_laptop_hands_it_in_over_the_wire_and_brings_the_answer_back(
    counter: Counter, open_counter: Open, archive: Archive, tmp_path: Path
):
    case = counter.submit(contents=[secrets.token_bytes(3_000_000) for _ in range(3)])
    files = pack(counter, tmp_path / "disc", 7 << 20)
    desk = leading(counter, open_counter, tmp_path / "carried")
    received = desk.receive(files, lambda *_: True)
    assert received is not None and received.carried[0].whole
    steps = iter(range(2))
    stopped = desk.hand_in(received.carried[0], lambda *_: next(steps, None) is not None)
    assert stopped is None, "stopped in the middle"
    assert archive.count("SELECT count(*) FROM applications WHERE id = :id", id=case) == 0
    sent = sum(file.stat().st_size for file in files)
    assert desk.hand_in(received.carried[0], lambda _, whole: whole == sent) is None, "stopped at the answer"
    assert [one.handed_on_at for one in desk.carried()] == [None], "nobody has its answer yet"
    brought = desk.hand_in(received.carried[0], lambda *_: True)
    assert brought is not None and sorted(archive.digests(case)) == counter.digests(case)
    assert brought.taken is None, "the leader cannot open the answer"
    assert brought.carried[0].kind == "acknowledgement"
    out = tmp_path / "to the maker"
    out.mkdir()
    copies = desk.hand_on(brought.carried[0], out, lambda *_: True)
    assert copies is not None
    taken = answer.take(counter.store, counter.who(), counter.now(), list(copies))
    assert taken.acknowledged == 1 and counter.held(case)
    again = desk.hand_in(received.carried[0], lambda *_: True)
    assert again is not None and archive.times_applied(case) == 1


def test_a_centre_that_takes_long_over_a_package_is_waited_for(
    counter: Counter, open_counter: Open, archive: Archive, cable: FaultProxy, tmp_path: Path
):
    case = counter.submit()
    desk = leading(counter, open_counter, tmp_path / "carried")
    received = desk.receive(pack(counter, tmp_path / "disc"), lambda *_: True)
    assert received is not None
    longer = 2 * QUICK_PATIENCE.answer
    cable.plan = lambda seen: (
        Fault(hold_up=longer) if (seen.method, seen.path[:13]) == ("POST", "/v1/packages/") else None
    )
    began = time.monotonic()
    assert desk.hand_in(received.carried[0], lambda *_: True) is not None
    assert time.monotonic() - began >= longer and archive.times_applied(case) == 1


def test_one_damaged_part_and_none_is_kept(counter: Counter, open_counter: Open, tmp_path: Path):
    counter.submit(contents=[secrets.token_bytes(900_000) for _ in range(3)])
    files = pack(counter, tmp_path / "disc", SMALL)
    other = open_counter()
    asyncio.run(other.one_pass())
    other.submit()
    folder = tmp_path / "carried"
    desk = leading(counter, open_counter, folder)
    raw = bytearray(files[-1].read_bytes())
    raw[-100] ^= 1
    files[-1].write_bytes(raw)
    with pytest.raises(InputError) as failed:
        desk.receive([*pack(other, tmp_path / "another disc"), *files], lambda *_: True)
    assert failed.value.code == "package_damaged" and failed.value.problem.params["detail"] == files[-1].name
    assert not folder.exists() and desk.carried() == (), "nothing was taken in"


def test_what_is_gone_or_spoiled_here_is_not_handed_on(counter: Counter, open_counter: Open, tmp_path: Path):
    counter.submit(contents=[secrets.token_bytes(900_000) for _ in range(3)])
    files = pack(counter, tmp_path / "disc", SMALL)
    desk = leading(counter, open_counter, tmp_path / "carried")
    received = desk.receive(files, lambda *_: True)
    assert received is not None
    package, out = received.carried[0], tmp_path / "drive"
    out.mkdir()
    second = tmp_path / "carried" / files[1].name
    whole = second.read_bytes()
    second.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    with pytest.raises(InputError) as spoiled:
        desk.hand_on(package, out, lambda *_: True)
    second.unlink()
    with pytest.raises(InputError) as gone:
        desk.hand_on(package, out, lambda *_: True)
    with pytest.raises(InputError) as unsent:
        desk.hand_in(package, lambda *_: True)
    assert [failed.value.code for failed in (spoiled, gone, unsent)] == [
        "package_damaged",
        "package_part_missing",
        "package_part_missing",
    ]
    assert gone.value.problem.params["detail"] == "2"
    assert desk.carried()[0].handed_on_at is None
    again = desk.receive(files[1:2], lambda *_: True)
    assert again is not None and desk.hand_on(package, out, lambda *_: True) is not None
    assert [file.read_bytes() for file in sorted(out.iterdir())] == [file.read_bytes() for file in files]


def test_a_centre_that_does_not_move_on_is_not_sent_to_for_ever(counter: Counter, tmp_path: Path):
    counter.submit()
    files = pack(counter, tmp_path / "disc")

    class Standing:
        async def request(self, *_: Any, **__: Any) -> Answer:
            return Answer(200, {}, b'{"offset": 0, "server_time": 0}')

    steps = iter(range(20))
    with pytest.raises(CentreError) as failed:
        hand_in = online.hand_in(
            cast(Transport, Standing()),
            counter.identity(),
            files,
            tmp_path / "arriving",
            lambda *_: next(steps, None) is not None,
        )
        asyncio.run(hand_in)
    assert failed.value.code == "not_the_centre"
