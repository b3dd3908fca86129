"""Pages up: every offset is true, a cut costs only what was under way, wrong bytes never count."""

from __future__ import annotations

import base64
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine, text

from sync.contract import request_token, sha256_hex
from tests.centre import Centre, start_centre
from tests.server.window import Page, Window

NewWindow = Callable[..., Window]
OCTETS = "application/offset+octet-stream"


@pytest.fixture
def announced(window: Window) -> tuple[Window, bytes]:
    """A window and a page of 300 kB that it has announced."""
    return window, announce(window, os.urandom(300_000))


def announce(window: Window, data: bytes) -> bytes:
    pages = window.pages(size=50)
    pages[0] = Page(pages[0].item_code, data, pages[0].original)
    assert window.send(window.event(pages)).json["outcomes"][0]["result"] == "applied"
    return data


@contextmanager
def begun(window: Window, data: bytes, sent: int, *, offset: int = 0) -> Iterator[socket.socket]:
    """A PATCH of all the rest that has sent only `sent` bytes and goes no further."""
    digest = sha256_hex(data)
    path = f"/v1/pages/{digest}"
    rest = data[offset:]
    token = request_token(window.key, window.claims("PATCH", path, rest))
    parts = urlsplit(window.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as line:
        head = (
            f"PATCH {path} HTTP/1.1\r\nHost: centre\r\nAuthorization: {token}\r\nTus-Resumable: 1.0.0\r\n"
            f"Upload-Offset: {offset}\r\nContent-Type: {OCTETS}\r\nContent-Length: {len(rest)}\r\n\r\n"
        )
        line.sendall(head.encode("ascii") + rest[:sent])
        yield line


def wait_for_offset(window: Window, data: bytes, expected: int) -> int:
    """Ask until the centre has taken `expected` bytes in (it may need a moment), and return what it says."""
    offset = -1
    for _ in range(100):
        offset = int(window.head(sha256_hex(data)).headers.get("upload-offset", "-1"))
        if offset >= expected:
            break
        time.sleep(0.02)
    return offset


def test_a_page_travels_whole(announced: tuple[Window, bytes], centre: Centre) -> None:
    window, data = announced
    digest = sha256_hex(data)
    created = window.create(data)
    assert (created.status, created.headers["upload-offset"]) == (201, "0")
    assert created.headers["location"] == f"/v1/pages/{digest}"
    patched = window.patch(digest, 0, data)
    assert (patched.status, patched.headers["upload-offset"]) == (204, str(len(data)))
    assert (centre.data_dir / "pages" / digest[:2] / digest).read_bytes() == data
    held = window.head(digest)
    assert (held.headers["upload-offset"], held.headers["upload-length"]) == (str(len(data)), str(len(data)))


def test_a_page_travels_in_pieces_and_creation_again_says_where_it_stands(
    announced: tuple[Window, bytes],
) -> None:
    window, data = announced
    digest = sha256_hex(data)
    window.create(data)
    for start in range(0, len(data), 70_000):
        assert window.create(data).headers["upload-offset"] == str(start)
        assert window.patch(digest, start, data[start : start + 70_000]).status == 204
    again = window.create(data)
    assert (again.status, again.headers["upload-offset"]) == (200, str(len(data)))


def test_a_page_that_is_held_costs_no_bytes_and_is_one_file(new_window: NewWindow, engine: Engine) -> None:
    one, two = new_window(), new_window()
    data = os.urandom(5000)
    announce(one, data)
    one.upload(data)
    announce(two, data)
    created = two.create(data)
    assert (created.status, created.headers["upload-offset"]) == (200, "5000")
    with engine.connect() as connection:
        sql = text("SELECT count(*) FROM page_files WHERE digest = :digest")
        assert connection.execute(sql, {"digest": sha256_hex(data)}).scalar() == 1


def test_what_arrived_before_a_cut_stays(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    digest = sha256_hex(data)
    window.create(data)
    with begun(window, data, 123_457):
        assert wait_for_offset(window, data, 123_457) == 123_457
    assert wait_for_offset(window, data, 123_457) == 123_457
    for _ in range(100):  # the centre notices the closed line in its own time
        patched = window.patch(digest, 123_457, data[123_457:])
        if patched.status != 423:
            break
        time.sleep(0.02)
    assert patched.status == 204
    assert window.create(data).status == 200


def test_two_uploads_of_one_page_do_not_mix(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    digest = sha256_hex(data)
    window.create(data)
    with begun(window, data, 1000):
        wait_for_offset(window, data, 1000)
        locked = window.patch(digest, 1000, data[1000:])
        assert (locked.status, locked.json["code"]) == (423, "locked")
        assert locked.headers["retry-after"] == "1"


def test_a_silent_upload_gives_way_to_one_that_goes_on(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    window.create(data)
    with begun(window, data, 1000):
        wait_for_offset(window, data, 1000)
        time.sleep(2.1)
        assert window.patch(sha256_hex(data), 1000, data[1000:]).status == 204


def test_racing_whole_uploads_end_in_one_true_file(announced: tuple[Window, bytes], centre: Centre) -> None:
    window, data = announced
    digest = sha256_hex(data)
    window.create(data)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: window.patch(digest, 0, data), range(6)))
    assert {answer.status for answer in answers} <= {204, 409, 423}
    assert 204 in {answer.status for answer in answers}
    assert (centre.data_dir / "pages" / digest[:2] / digest).read_bytes() == data


def test_wrong_bytes_never_count_and_begin_again(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    digest = sha256_hex(data)
    window.create(data)
    wrong = window.patch(digest, 0, data[:-1] + bytes([data[-1] ^ 1]))
    assert (wrong.status, wrong.json["code"], wrong.headers["upload-offset"]) == (460, "digest_mismatch", "0")
    assert window.head(digest).headers["upload-offset"] == "0"
    assert window.patch(digest, 0, data).status == 204


def test_bytes_that_differ_from_what_was_signed_are_dropped(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    digest = sha256_hex(data)
    window.create(data)
    assert window.patch(digest, 0, data[:1000]).status == 204
    path = f"/v1/pages/{digest}"
    token = request_token(window.key, window.claims("PATCH", path, data[1000:2000]))
    headers = {
        "Authorization": token,
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "1000",
        "Content-Type": OCTETS,
    }
    damaged = window.plain("PATCH", path, bytes(1000), headers)
    assert (damaged.status, damaged.json["code"]) == (400, "body_mismatch")
    assert window.head(digest).headers["upload-offset"] == "1000"


def test_more_bytes_than_announced_are_refused(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    digest = sha256_hex(data)
    window.create(data)
    assert window.patch(digest, 0, data[:1000]).status == 204
    over = window.patch(digest, 1000, data[1000:] + b"x")
    assert (over.status, over.json["code"]) == (413, "too_large")
    assert window.head(digest).headers["upload-offset"] == "1000"
    assert window.patch(digest, 1000, data[1000:]).status == 204


@pytest.mark.parametrize("offset", [1, 299_999, 300_000, 10**17])
def test_another_offset_than_the_centres_is_refused_with_the_true_one(
    announced: tuple[Window, bytes], offset: int
) -> None:
    window, data = announced
    window.create(data)
    answer = window.patch(sha256_hex(data), offset, data[offset:] or b"x")
    assert (answer.status, answer.json["code"], answer.headers["upload-offset"]) == (
        409,
        "offset_mismatch",
        "0",
    )


def test_an_empty_patch_changes_nothing(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    window.create(data)
    answer = window.patch(sha256_hex(data), 0, b"")
    assert (answer.status, answer.headers["upload-offset"]) == (204, "0")


def test_only_announced_pages_are_taken_and_only_from_who_announced_them(
    announced: tuple[Window, bytes], new_window: NewWindow
) -> None:
    window, data = announced
    stranger = new_window()
    window.create(data)
    for answer in (
        window.create(os.urandom(10)),
        stranger.create(data),
        stranger.patch(sha256_hex(data), 0, data),
    ):
        assert (answer.status, answer.json["code"]) == (403, "not_announced")
    assert stranger.head(sha256_hex(data)).status == 403
    assert window.head(sha256_hex(data)).headers["upload-offset"] == "0"


def test_an_upload_that_was_not_begun_is_not_found(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    assert window.head(sha256_hex(data)).status == 404
    answer = window.patch(sha256_hex(data), 0, data)
    assert (answer.status, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.0"}, 412),
        ({"Upload-Length": "299999"}, 400),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Length": "-5"}, 400),
        ({"Upload-Length": "٣"}, 400),
        ({"Upload-Metadata": ""}, 403),
        ({"Upload-Metadata": "digest %%%"}, 400),
        ({"Upload-Metadata": "digest " + base64.b64encode(b"../../etc/passwd").decode()}, 403),
        ({"Upload-Metadata": "digest " + base64.b64encode(b"\xff\xfe").decode()}, 400),
    ],
)
def test_a_malformed_creation_is_refused(
    announced: tuple[Window, bytes], headers: dict[str, str], status: int
) -> None:
    window, data = announced
    good = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(data)),
        "Upload-Metadata": "digest " + base64.b64encode(sha256_hex(data).encode()).decode(),
    }
    sent = {name: value.encode("utf-8").decode("latin-1") for name, value in {**good, **headers}.items()}
    answer = window.signed("POST", "/v1/pages/", b"", sent)
    assert answer.status == status
    assert answer.json["code"]
    assert window.signed("POST", "/v1/pages/", b"", good).status == 201


@pytest.mark.parametrize("digest", ["..%2f..%2fcentre.lock", "A" * 64, "0" * 63, "incoming"])
def test_a_name_that_is_no_digest_reaches_no_file(window: Window, digest: str) -> None:
    assert window.head(digest).status in {403, 404}
    assert window.patch(digest, 0, b"x").status in {403, 404}


def test_another_media_type_is_refused(announced: tuple[Window, bytes]) -> None:
    window, data = announced
    window.create(data)
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "image/jpeg"}
    assert window.signed("PATCH", f"/v1/pages/{sha256_hex(data)}", data, headers).status == 415


def test_what_the_end_point_speaks_is_told_without_a_token(window: Window) -> None:
    answer = window.plain("OPTIONS", "/v1/pages/")
    assert answer.status == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation"
    assert int(answer.headers["tus-max-size"]) > 10_000_000


def test_a_kill_in_the_middle_of_a_page_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    data = os.urandom(900_000)
    centre = start_centre(tmp_path)
    window = Window(centre.url)
    window.enrol(centre.enrolment_code)
    announce(window, data)
    window.create(data)
    with begun(window, data, 400_000):
        reported = wait_for_offset(window, data, 400_000)
        assert reported == 400_000
        centre.kill()
    with start_centre(tmp_path) as centre:
        assert window.url == centre.url  # the same port again
        assert int(window.head(sha256_hex(data)).headers["upload-offset"]) == reported
        assert window.patch(sha256_hex(data), reported, data[reported:]).status == 204
        assert (centre.data_dir / "pages" / sha256_hex(data)[:2] / sha256_hex(data)).read_bytes() == data


def test_a_page_renamed_just_before_a_kill_is_counted_afterwards(
    announced: tuple[Window, bytes], centre: Centre
) -> None:
    window, data = announced
    digest = sha256_hex(data)
    target = centre.data_dir / "pages" / digest[:2] / digest
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
    answer = window.create(data)
    assert (answer.status, answer.headers["upload-offset"]) == (200, str(len(data)))


def test_a_page_complete_but_not_renamed_before_a_kill_is_finished_when_it_is_asked_for(
    announced: tuple[Window, bytes], centre: Centre, engine: Engine
) -> None:
    window, data = announced
    incoming = centre.data_dir / "pages" / "incoming" / sha256_hex(data)
    incoming.write_bytes(data)
    created = window.create(data)
    assert (created.status, created.headers["upload-offset"]) == (200, str(len(data)))
    with engine.connect() as connection:
        assert connection.execute(
            text("SELECT size FROM page_files WHERE digest = :digest"), {"digest": sha256_hex(data)}
        ).scalar() == len(data)
    assert not incoming.exists()


def test_a_wrong_page_of_full_length_is_begun_again(announced: tuple[Window, bytes], centre: Centre) -> None:
    window, data = announced
    incoming = centre.data_dir / "pages" / "incoming" / sha256_hex(data)
    incoming.write_bytes(bytes(len(data)))
    created = window.create(data)
    assert (created.status, created.headers["upload-offset"]) == (201, "0")


def test_a_damaged_file_without_its_row_is_not_counted(
    announced: tuple[Window, bytes], centre: Centre
) -> None:
    window, data = announced
    digest = sha256_hex(data)
    target = centre.data_dir / "pages" / digest[:2] / digest
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(bytes(len(data)))
    assert window.create(data).status == 201
    assert window.patch(digest, 0, data).status == 204
    assert target.read_bytes() == data


def test_a_page_lost_behind_its_row_is_noticed_and_asked_for_again(tmp_path: Path) -> None:
    with start_centre(tmp_path, accept_after=3600) as centre:
        window = Window(centre.url)
        window.enrol(centre.enrolment_code)
        pages = window.pages()
        event = window.event(pages)
        window.send(event)
        window.upload_all(pages)
    lost = sha256_hex(pages[0].data)
    (centre.data_dir / "pages" / lost[:2] / lost).write_bytes(b"")  # a hard reset left an empty file
    with start_centre(tmp_path, accept_after=3600) as centre:
        assert window.acknowledgements(event["application_id"])["missing"] == {
            event["application_id"]: [lost]
        }
        window.upload(pages[0].data)
        assert window.acknowledgements(event["application_id"])["missing"] == {}
    assert "pages lost" in centre.log.read_text("utf-8")


def test_many_windows_upload_at_once(new_window: NewWindow) -> None:
    windows = [new_window() for _ in range(6)]
    work = [(window, announce(window, os.urandom(200_000))) for window in windows]
    failures: list[BaseException] = []

    def run(window: Window, data: bytes) -> None:
        try:
            window.upload(data)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=item) for item in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert all(window.create(data).status == 200 for window, data in work)
