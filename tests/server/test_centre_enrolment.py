"""Enrolment: one code, one device; a lost answer costs nothing; wrong guesses are slowed down."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from sync.contract import unb64
from tests.centre import Centre, start_centre
from tests.server.window import Window

NewCode = Callable[..., str]
JSON = {"Content-Type": "application/json"}


def test_a_code_becomes_a_device_once(centre: Centre, new_code: NewCode) -> None:
    code = new_code()
    window = Window(centre.url)
    first = window.enrol(code)
    assert first.status == 200
    assert first.json["operator"]["name"] == "王海燕"
    assert first.json["number_block"]["first"] == 1
    assert len(unb64(first.json["server_key"])) == len(unb64(first.json["recovery_key"])) == 32
    other = Window(centre.url).enrol(code)
    assert (other.status, other.json["code"]) == (409, "code_used")


def test_the_same_key_asking_again_gets_the_same_answer(
    centre: Centre, new_code: NewCode, engine: Engine
) -> None:
    window = Window(centre.url)
    code = new_code()
    first, again = window.enrol(code).json, window.enrol(code).json
    assert first.pop("server_time") <= again.pop("server_time")
    assert first == again
    with engine.connect() as connection:
        count = connection.execute(
            text("SELECT count(*) FROM devices WHERE public_key = :key"), {"key": window.public_key}
        ).scalar()
    assert count == 1


def test_eight_keys_racing_for_one_code_make_one_device(centre: Centre, new_code: NewCode) -> None:
    code = new_code()
    windows = [Window(centre.url) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda window: window.enrol(code), windows))
    assert sorted(answer.status for answer in answers) == [200] + [409] * 7


def test_one_key_racing_with_itself_gets_one_device(centre: Centre, new_code: NewCode) -> None:
    code = new_code()
    window = Window(centre.url)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: window.enrol(code), range(6)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["device_id"] for answer in answers}) == 1


def test_a_code_is_read_as_people_type_it(centre: Centre, new_code: NewCode) -> None:
    code = new_code().lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert Window(centre.url).enrol(code).status == 200


def test_an_expired_code_is_refused_with_words(centre: Centre, new_code: NewCode) -> None:
    answer = Window(centre.url).enrol(new_code(hours=-1))
    assert (answer.status, answer.json["code"]) == (403, "code_expired")
    assert "过期" in answer.json["zh"]
    assert "expired" in answer.json["en"]


def test_a_key_already_enrolled_cannot_take_a_second_code(centre: Centre, new_code: NewCode) -> None:
    window = Window(centre.url)
    assert window.enrol(new_code()).status == 200
    answer = window.enrol(new_code())
    assert (answer.status, answer.json["code"]) == (409, "code_used")


def test_a_proof_by_another_key_is_refused(centre: Centre, new_code: NewCode) -> None:
    window, thief = Window(centre.url), Window(centre.url)
    request = {**window.enrol_request(new_code()), "public_key": thief.public_key}
    answer = window.plain("POST", "/v1/enrol", json.dumps(request).encode(), JSON)
    assert (answer.status, answer.json["code"]) == (403, "bad_proof")


@pytest.mark.parametrize("public_key", ["", "short", "A" * 43, "é" * 20, "=" * 44])
def test_a_malformed_key_is_a_refusal_not_a_failure(
    centre: Centre, new_code: NewCode, public_key: str
) -> None:
    request = {**Window(centre.url).enrol_request(new_code()), "public_key": public_key}
    answer = Window(centre.url).plain("POST", "/v1/enrol", json.dumps(request).encode(), JSON)
    assert answer.status in {400, 403}
    assert answer.json["code"] in {"bad_request", "bad_proof"}


def test_an_unknown_person_is_added_only_where_the_code_allows_it(centre: Centre, new_code: NewCode) -> None:
    strict = Window(centre.url).enrol(new_code(), account="liu", name="刘芳")
    assert (strict.status, strict.json["code"]) == (403, "unknown_operator")
    open_code = Window(centre.url).enrol(new_code(new_operators=True), account=" Liu ", name="刘芳")
    assert open_code.status == 200
    assert open_code.json["operator"]["account"] == "liu"


def test_codes_are_kept_only_as_hashes(engine: Engine, new_code: NewCode) -> None:
    code = new_code()
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT row_to_json(c)::text FROM enrolment_codes c")).scalars().all()
        audit = connection.execute(text("SELECT row_to_json(a)::text FROM audit a")).scalars().all()
    stored = "".join([*rows, *audit]).replace("-", "")
    assert code.replace("-", "") not in stored


def test_guessing_is_slowed_down(tmp_path: Path) -> None:
    with start_centre(tmp_path) as own:
        statuses = [Window(own.url).enrol(f"AAAA-AAAA-{index:04d}").status for index in range(22)]
        assert statuses == [403] * 20 + [429] * 2
        waiting = Window(own.url).enrol(own.enrolment_code)
        assert (waiting.status, waiting.json["code"]) == (429, "too_many_attempts")
        assert int(waiting.headers["retry-after"]) >= 1
