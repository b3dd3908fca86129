"""The queue is a real cupsd: what it says of a job is what the window believes, and nothing stays on disk."""

from __future__ import annotations

import os
import pwd
import shutil
import threading
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from printing import ipp, receipt_a4, receipt_roll, samples, spool
from printing.receipt_words import qr_text
from registration.errors import MachineError
from registration.wording import say
from tests.printing import ipp_printer, paper, print_system
from tests.printing.ipp_printer import IppPrinter
from tests.printing.print_system import PrintSystem

NUMBER = samples.ordinary().number
follow = partial(spool.follow, timeout=30.0, poll=0.02)


@pytest.fixture(scope="module")
def system() -> Iterator[PrintSystem]:
    if reason := print_system.missing():
        pytest.skip(reason)
    system = PrintSystem()
    try:
        system.start()
        for name in ("ok", "empty", "broken"):
            system.add_queue(name, f"jilaitest:/{name}")
        yield system
    finally:
        system.stop()


@pytest.fixture
def queue(system, monkeypatch) -> PrintSystem:
    for name, value in system.environment.items():
        monkeypatch.setenv(name, value)
    return system


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return receipt_a4.render(samples.ordinary(), verify_url=samples.VERIFY_URL)


def test_the_printers_of_the_system_are_listed_the_default_one_first(queue):
    queue.make_default("ok")
    found = spool.printers()
    assert {printer.name for printer in found} >= {"ok", "empty", "broken"}
    assert found[0].name == "ok"
    assert found[0].default
    assert not any(printer.default for printer in found[1:])
    assert found[0].description == "ok 打印机"
    assert found[0].ready


def test_a_paper_reaches_the_device_byte_for_byte_and_is_followed_to_printed(queue, pdf):
    job = spool.print_pdf(pdf, "ok", NUMBER)
    heard: list[spool.JobState] = []
    state = follow(job, on_change=heard.append)
    assert state.printed
    assert state.ended
    assert state.say("zh") == "已打印"
    assert heard[-1] == state
    assert all(before != after for before, after in pairwise(heard))
    assert (queue.folder / f"printed.{job.number}").read_bytes() == pdf
    spool.require_printed(job, state)


def test_the_queues_own_copy_is_deleted_when_the_job_is_forgotten(queue, pdf):
    job = spool.print_pdf(pdf, "ok", NUMBER)
    follow(job)
    assert any(document.read_bytes() == pdf for document in queue.documents())
    assert spool.forget(job)
    assert not any(f"d{job.number:05}" in document.name for document in queue.documents())
    assert spool.job_state(job).phase is spool.Phase.UNKNOWN
    assert not spool.job_state(job).printed


def test_out_of_paper_is_said_while_it_lasts_and_the_paper_comes_when_there_is_some(queue, pdf):
    (queue.folder / "paper-loaded").unlink(missing_ok=True)
    job = spool.print_pdf(pdf, "empty", NUMBER)

    def load_paper(state: spool.JobState) -> None:
        if "media-empty" in state.reasons:
            said.append((state.say("zh"), state.say("en")))
            assert not state.ended
            (queue.folder / "paper-loaded").touch()

    said: list[tuple[str, str]] = []
    state = follow(job, on_change=load_paper)
    assert said == [("缺纸", "out of paper")]
    assert state.printed


def test_a_device_that_fails_does_not_count_as_printed(queue, pdf):
    job = spool.print_pdf(pdf, "broken", NUMBER)
    state = follow(job)
    assert state.phase is spool.Phase.FAILED
    with pytest.raises(MachineError) as caught:
        spool.require_printed(job, state)
    assert say(caught.value.problem).what == "任务在打印机 broken 上停住：任务出错。"


def test_a_paused_queue_is_stopped_not_waiting_and_its_job_can_be_cancelled(queue, pdf):
    queue.add_queue("paused", "jilaitest:/ok")
    queue.pause("paused")
    job = spool.print_pdf(pdf, "paused", NUMBER)
    state = follow(job, timeout=0.2, poll=0.05)
    assert state.phase is spool.Phase.STOPPED
    assert state.say("zh") in ("打印机已暂停", "打印机已停止")
    assert not next(printer for printer in spool.printers() if printer.name == "paused").ready
    assert spool.forget(job)
    assert not spool.job_state(job).printed


def test_cups_pdf_writes_the_paper_that_was_sent(queue):
    backend = Path("/usr/lib/cups/backend/cups-pdf")
    if not backend.exists() or not print_system.DRIVER.exists():
        pytest.skip("printer-driver-cups-pdf is not installed")
    queue.add_backend(backend)
    queue.add_driver_queue("pdf", "cups-pdf:/")
    receipt = samples.ordinary()
    # The backend knows one place only, in the home of whoever prints: a name of our own keeps it apart.
    title = f"jilai-test-{os.getpid()}"
    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    was_there = folder.exists()
    try:
        job = spool.print_pdf(receipt_a4.render(receipt, verify_url=samples.VERIFY_URL), "pdf", title)
        assert follow(job).printed
        (file,) = folder.glob(f"*{title}*.pdf")
        (page,) = paper.images(file.read_bytes(), 150)
        assert paper.codes(page) == [qr_text(receipt, samples.VERIFY_URL)]
    finally:
        for file in folder.glob(f"*{title}*"):
            file.unlink()
        if not was_there and folder.exists():
            folder.rmdir()


@pytest.fixture
def ipp_queue(system) -> Iterator[IppPrinter]:
    if reason := ipp_printer.missing():
        pytest.skip(reason)
    system.add_backend(Path("/usr/lib/cups/backend/ipp"))
    with IppPrinter() as printer:
        system.add_queue("ipp", printer.uri)
        yield printer


def test_an_ipp_printer_prints_the_bytes_and_its_troubles_come_through(queue, ipp_queue, pdf):
    job = spool.print_pdf(pdf, "ipp", NUMBER)
    assert follow(job).printed
    assert ipp_queue.printed() == pdf

    ipp_queue.take_paper_out()
    heard: list[spool.JobState] = []

    def put_paper_in(state: spool.JobState) -> None:
        heard.append(state)
        if "media-empty" in state.reasons:
            ipp_queue.put_paper_in()

    job = spool.print_pdf(pdf, "ipp", NUMBER)
    assert follow(job, on_change=put_paper_in).printed
    assert any(state.say("zh") == "缺纸" and not state.ended for state in heard)


def test_a_job_is_taken_back_while_the_ipp_printer_waits_for_paper(queue, ipp_queue, pdf):
    ipp_queue.take_paper_out()
    try:
        job = spool.print_pdf(pdf, "ipp", NUMBER)
        until = time.monotonic() + 20
        while not waits(job) and time.monotonic() < until:
            time.sleep(0.05)
        assert waits(job)
        assert spool.forget(job)
        assert not spool.job_state(job).printed
    finally:
        ipp_queue.put_paper_in()


def waits(job: spool.Job) -> bool:
    return "media-empty" in spool.job_state(job).reasons


def test_a_queue_that_takes_no_jobs_and_one_that_is_not_there_refuse(queue, pdf):
    queue.add_queue("closed", "jilaitest:/ok")
    queue.reject("closed")
    for name in ("closed", "nowhere", "../jobs"):
        with pytest.raises(MachineError) as caught:
            spool.print_pdf(pdf, name, NUMBER)
        assert caught.value.code == "printer_refused"
        assert caught.value.problem.params["printer"] == name


def test_a_batch_from_several_threads_all_arrives(queue, pdf):
    jobs: list[spool.Job] = []
    threads = [
        threading.Thread(target=lambda n=n: jobs.append(spool.print_pdf(pdf, "ok", f"{NUMBER}-{n}")))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({job.number for job in jobs}) == 8
    assert all(follow(job).printed for job in jobs)


@pytest.mark.parametrize("width_mm", [None, 80, 58])
def test_through_the_filters_of_a_driver_the_paper_keeps_its_size_and_its_code(queue, width_mm):
    if not print_system.DRIVER.exists() or shutil.which("gs") is None:
        pytest.skip("the PostScript driver of printer-driver-cups-pdf is not installed")
    queue.add_driver_queue("driver", "jilaitest:/distil")
    receipt = samples.ordinary()
    if width_mm is None:
        document = receipt_a4.render(receipt, verify_url=samples.VERIFY_URL)
    else:
        document = receipt_roll.render(receipt, width_mm=width_mm, verify_url=samples.VERIFY_URL)
    job = spool.print_pdf(document, "driver", NUMBER)
    assert follow(job).printed
    printed = (queue.folder / f"printed.{job.number}").read_bytes()
    for printed_size, size in zip(paper.sizes_mm(printed), paper.sizes_mm(document), strict=True):
        assert printed_size == pytest.approx(size, abs=0.4)
    (page,) = paper.images(printed, 203.2)
    assert paper.codes(page) == [qr_text(receipt, samples.VERIFY_URL)]


def test_the_title_in_the_queue_is_the_one_given_and_nothing_of_the_receipt(queue, pdf):
    job = spool.print_pdf(pdf, "ok", "收件凭证 0042")
    follow(job)
    assert "收件凭证 0042" in (queue.folder / "calls").read_text("utf-8")
    history = (queue.folder / "spool" / f"c{job.number:05}").read_bytes()
    assert samples.ordinary().applicant.encode() not in history


def test_nothing_readable_is_left_in_our_own_folders(queue, pdf, tmp_path):
    before = set(Path(os.environ["HOME"]).rglob("*"))
    follow(spool.print_pdf(pdf, "ok", NUMBER))
    assert set(Path(os.environ["HOME"]).rglob("*")) == before


def test_without_a_print_system_there_is_no_printer(monkeypatch, tmp_path, pdf):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "none.sock"))
    for attempt in (
        spool.printers,
        lambda: spool.print_pdf(pdf, "ok", NUMBER),
        lambda: spool.job_state(spool.Job("ok", 1)),
    ):
        with pytest.raises(MachineError) as caught:
            attempt()
        assert caught.value.code == "printer_none"
    assert not spool.forget(spool.Job("ok", 1))


def test_an_answer_that_is_not_the_print_systems_is_not_believed(monkeypatch, tmp_path):
    import http.server

    class Portal(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>Welcome! Please sign in.</html>" * 10)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{server.server_port}")
    try:
        with pytest.raises(MachineError) as caught:
            spool.printers()
        assert caught.value.code == "printer_none"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("/run/x.sock", ipp.Server(path="/run/x.sock")),
        ("printhost", ipp.Server(host="printhost")),
        ("printhost:8631", ipp.Server(host="printhost", port=8631)),
        ("printhost:8631/version=1.1", ipp.Server(host="printhost", port=8631)),
    ],
)
def test_the_server_is_found_as_cups_own_programs_find_it(monkeypatch, named, expected):
    monkeypatch.setenv("CUPS_SERVER", named)
    assert ipp.server() == expected


def test_the_server_of_the_persons_configuration_is_used(monkeypatch, tmp_path):
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".cups").mkdir()
    (tmp_path / ".cups/client.conf").write_text("# ours\nServerName /srv/cups.sock\n")
    assert ipp.server() == ipp.Server(path="/srv/cups.sock")


def test_every_state_has_its_words_in_both_languages():
    for phase in spool.Phase:
        state = spool.JobState(phase)
        assert state.say("zh") != state.say("en")
    assert spool.JobState(spool.Phase.PRINTING, ("media-jam", "media-empty")).say("zh") == "卡纸、缺纸"
    assert spool.JobState(spool.Phase.PRINTING, ("something-new",)).say("en") == "printing"


def test_following_ends_when_its_time_is_over(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(spool, "job_state", lambda job: spool.JobState(spool.Phase.HELD))
    state = follow(
        spool.Job("ok", 1),
        timeout=10,
        poll=3,
        sleep=lambda s: now.__setitem__(0, now[0] + s),
        clock=lambda: now[0],
    )
    assert state.phase is spool.Phase.HELD
    assert 10 <= now[0] < 14
