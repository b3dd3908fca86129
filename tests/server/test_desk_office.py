"""The administration pages: each role opens its own, and what a form asks is done, audited and told."""

from __future__ import annotations

import io
import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, text

from registration.packs import shipped
from server.errors import RefusedError
from server.ledger_form import empty_ledger
from server.ledger_rows import COMPOUNDS, HOMES
from server.store import devices, people
from server.store.database import transaction
from tests.server.desk import Browser, address, new_ticket, submit
from tests.server.window import Window

NewPerson = Callable[[str], str]


@pytest.fixture
def new_person(engine: Engine) -> NewPerson:
    """Add a person of a role; return the account."""

    def add(role: str) -> str:
        account = f"{role}-{uuid.uuid4().hex}"
        with transaction(engine) as connection:
            devices.add_operator(connection, datetime.now(UTC), account, f"某{role}", role)
        return account

    return add


@pytest.fixture
def office(engine: Engine, window: Window, new_person: NewPerson) -> Browser:
    browser = Browser(window)
    assert browser.enter(new_ticket(engine, new_person("administrator"))).status == 303
    return browser


ROLES = {
    "reviewer": {"/desk", "/desk/evenings", "/desk/reports"},
    "auditor": {"/desk", "/desk/evenings", "/desk/reports", "/desk/audit"},
    "administrator": {
        "/desk/reports",
        "/desk/audit",
        "/desk/devices",
        "/desk/people",
        "/desk/packs",
        "/desk/ledgers",
    },
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_pages_alone(
    engine: Engine, window: Window, new_person: NewPerson, role: str
) -> None:
    application_id = submit(window)
    browser = Browser(window)
    browser.enter(new_ticket(engine, new_person(role)))
    home = browser.get("/desk")
    assert home.status == (303 if role == "administrator" else 200)
    for path in set().union(*ROLES.values()) - {"/desk"}:
        assert browser.get(path).status == (200 if path in ROLES[role] else 403), path
    assert browser.get(address(application_id)).status == (403 if role == "administrator" else 200)
    decided = browser.post(address(application_id, "/decision"), decision="accept", revision=1)
    assert decided.status == (303 if role == "reviewer" else 403)
    found = browser.post(address(application_id, "/findings"), revision=1)
    assert found.status == (303 if role == "reviewer" else 403)


def test_a_code_is_shown_once_as_text_and_picture_and_enrols(office: Browser, window: Window) -> None:
    office.get("/desk/devices")
    page = office.post("/desk/devices", action="code", hours="2", site=["demo-longfang"]).body.decode()
    (code,) = re.findall(r'<p class="plate">([0-9A-Z-]+)</p>', page)
    assert '<svg role="img"' in page
    assert code not in office.get("/desk/devices").body.decode()
    new = Window(window.url)
    assert new.enrol(code).status == 200
    listed = office.get("/desk/devices").body.decode()
    row = listed.partition(f"<td>{new.device_code}</td>")[2].partition("</tr>")[0]
    assert "陇纺家属院" in row and "在用" in row


def test_a_lost_machine_is_revoked_and_its_successor_serves_the_same_compounds(
    office: Browser, new_window: Any, window: Window, engine: Engine
) -> None:
    lost: Window = new_window(sites=["demo-longfang"])
    office.get("/desk/devices")
    assert office.post("/desk/devices", action="lost", device=lost.device_code).status == 303
    assert lost.signed("GET", "/v1/changes?cursor=0&wait=0").status == 403
    page = office.post("/desk/devices", action="reenrol", device=lost.device_code).body.decode()
    (code,) = re.findall(r'<p class="plate">([0-9A-Z-]+)</p>', page)
    successor = Window(window.url)
    successor.enrol(code)
    with engine.connect() as connection:
        sites = connection.execute(
            text("SELECT sites FROM devices WHERE code = :code"), {"code": successor.device_code}
        ).scalar_one()
        deeds = connection.execute(
            text("SELECT action FROM audit WHERE subject = :code ORDER BY seq"), {"code": lost.device_code}
        ).scalars()
        assert list(deeds)[-2:] == ["device_revoked", "device_lost"]
    assert sites == ["demo-longfang"]
    assert office.post("/desk/devices", action="revoke", device="Z99").status == 404


def test_a_person_is_added_gets_a_link_another_role_and_is_stopped(
    office: Browser, window: Window, engine: Engine
) -> None:
    account = f"neu-{uuid.uuid4().hex}"
    office.get("/desk/people")
    form = {"account": account, "name": "<b>新人</b>", "role": "reviewer"}
    assert office.post("/desk/people", action="add", **form).status == 303
    assert office.post("/desk/people", action="add", **form).status == 409
    page = office.get("/desk/people").body.decode()
    assert "<b>新人" not in page
    row = page.partition(f"<td>{account}</td>")[2].partition("</tr>")[0]
    (person,) = set(re.findall(r'name="person" value="([^"]+)"', row))
    linked = office.post("/desk/people", action="link", person=person).body.decode()
    (link,) = re.findall(r"(/desk/password\?ticket=[\w-]+)", linked)
    reviewer = Browser(window)
    assert reviewer.get(link).status == 200
    ticket = link.partition("=")[2]
    password = "一个够长的句子 ok 42"
    assert reviewer.post("/desk/password", ticket=ticket, password=password, again=password).status == 303
    assert reviewer.get("/desk").status == 200
    assert office.post("/desk/people", action="role", person=person, role="auditor").status == 303
    assert reviewer.get("/desk").status == 403  # another role begins with another session
    assert office.post("/desk/people", action="stop", person=person).status == 303
    again = Browser(window).post("/desk/sign-in", account=account, password=password)
    assert again.status == 403


def test_a_pack_is_published_to_some_and_then_to_all(office: Browser) -> None:
    version = f"2033.{int(datetime.now(UTC).timestamp())}.1"
    pack = json.dumps({**shipped()["fees"], "version": version, "effective_from": "2099-01-01"}).encode()
    office.get("/desk/packs")
    done = office.post_parts(
        "/desk/packs", {"pack": pack}, action="publish", share="10", site="demo-longfang"
    )
    assert done.status == 303, done.body
    page = office.get("/desk/packs").body.decode()
    row = page.partition(f"<td>{version}</td>")[2].partition("</tr>")[0]
    assert "试点：1 个小区，10% 设备" in row
    assert office.post("/desk/packs", action="all", name="fees", version=version).status == 303
    page = office.get("/desk/packs").body.decode()
    assert "全部窗口" in page.partition(f"<td>{version}</td>")[2].partition("</tr>")[0]
    for bad in (b"", b"[]", b"{}", b"[" * 100_000):
        assert office.post_parts("/desk/packs", {"pack": bad}, action="publish", share="100").status == 400


def ledger_of(name: str) -> bytes:
    """The empty form's example under an id and a name that no other test has."""
    book = openpyxl.load_workbook(io.BytesIO(empty_ledger()))
    for sheet in (COMPOUNDS, HOMES):
        book[sheet]["A2"] = f"led-{name}"
    book[COMPOUNDS]["B2"] = name
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_ledger_is_checked_and_then_imported(office: Browser) -> None:
    office.get("/desk/ledgers")
    name = f"compound-{uuid.uuid4().hex[:8]}"
    data = ledger_of(name)
    checked = office.post_parts("/desk/ledgers?lang=en", {"ledger": data}, action="try")
    assert checked.status == 200 and "In order: 1 compound(s), 1 home(s)" in checked.body.decode()
    assert name not in office.get("/desk/ledgers").body.decode()
    assert office.post_parts("/desk/ledgers", {"ledger": data}, action="import").status == 200
    assert f">{name}</a>" in office.get("/desk/ledgers").body.decode()
    assert office.post_parts("/desk/ledgers", {"ledger": b"PK nothing"}, action="import").status == 400
    form = office.get("/desk/ledgers/form.xlsx")
    assert form.status == 200 and form.body.startswith(b"PK")


def test_a_compounds_file_and_other_names_reach_its_windows(office: Browser, new_window: Any) -> None:
    window: Window = new_window(sites=["demo-longfang"])
    _, cursor = window.all_changes()
    office.get("/desk/ledgers/demo-longfang")
    target = "/desk/ledgers/demo-longfang"
    facts = {"land": "state", "substitute_applicant": "县政府指定机构", "sold_on": "1998-05-01"}
    assert office.post(target, action="file", arrears_basis="", **facts).status == 303
    assert office.post(target, action="aliases", names="老纺织厂\r\n  陇纺大院 \r\n").status == 303
    bodies = [i["body"] for i in window.all_changes(cursor)[0] if i["kind"] == "compound"]
    assert bodies[0]["file"]["land"] == "state" and bodies[0]["file"]["sold_on"] == "1998-05-01"
    assert bodies[1]["aliases"] == ["老纺织厂", "陇纺大院"]
    assert office.get("/desk/ledgers/nowhere").status == 404


def test_the_audit_is_narrowed_and_looking_is_audited(
    office: Browser, window: Window, engine: Engine
) -> None:
    application_id = submit(window)
    page = office.get(f"/desk/audit?subject={application_id}").body.decode()
    assert "<td>application_received</td>" in page and "<td>enrolled</td>" not in page
    page = office.get("/desk/audit?action=enrolled&first=2020-01-01&last=2020-01-02&lang=en").body.decode()
    assert "No entries match" in page
    assert office.get("/desk/audit?first=nonsense&before=abc").status == 400
    assert office.get("/desk/audit?first=0001-01-01&last=9999-12-31").status == 200
    assert office.get(f"/desk/audit?before={2**63}").status == 400
    with engine.connect() as connection:
        seen = connection.execute(
            text("SELECT count(*) FROM audit WHERE action = 'audit_viewed' AND details->>'subject' = :id"),
            {"id": application_id},
        ).scalar_one()
    assert seen == 1


@pytest.mark.parametrize("path", ["/desk/devices", "/desk/people", "/desk/packs", "/desk/ledgers"])
def test_a_form_without_this_sessions_key_does_nothing(office: Browser, path: str) -> None:
    office.get(path)
    office.form_key = "0" * 32
    assert office.post(path, action="code").status == 403


def test_somebodys_rights_end_with_a_day_and_every_window_learns_it(
    office: Browser, window: Window, engine: Engine, new_person: NewPerson
) -> None:
    account = f"zeit-{uuid.uuid4().hex}"
    office.get("/desk/people")
    form = {"account": account, "name": "暂某", "role": "helper"}
    assert office.post("/desk/people", action="add", until="2020-01-01", **form).status == 400
    assert office.post("/desk/people", action="add", until="bald", **form).status == 400
    assert office.post("/desk/people", action="add", until="2099-12-31", **form).status == 303
    page = office.get("/desk/people").body.decode()
    row = page.partition(f"<td>{account}</td>")[2].partition("</tr>")[0]
    assert 'name="until" value="2099-12-31"' in row
    (person,) = set(re.findall(r'name="person" value="([^"]+)"', row))

    def told() -> list[str]:
        items, _ = window.all_changes()
        return [
            i["body"]["valid_until"] for i in items if i["kind"] == "operator" and i["body"]["id"] == person
        ]

    assert told() == ["2099-12-31T16:00:00+00:00"], "the end of the day in China"
    assert office.post("/desk/people", action="role", person=person, role="operator").status == 303
    assert told()[-1] == "2099-12-31T16:00:00+00:00", "another change keeps the day"
    assert office.post("/desk/people", action="until", person=person, until="").status == 303
    assert told()[-1] == ""
    with transaction(engine) as connection:
        me = people.id_of(connection, new_person("administrator"))
        with pytest.raises(RefusedError, match="last_administrator"):
            people.set_until(connection, datetime.now(UTC), me, "2099-12-31", actor=f"administrator:{me}")


def test_whose_rights_have_ended_is_out_of_the_desk(
    engine: Engine, window: Window, new_person: NewPerson
) -> None:
    account = new_person("reviewer")
    reviewer = Browser(window)
    reviewer.enter(new_ticket(engine, account))
    assert reviewer.get("/desk").status == 200
    with transaction(engine) as connection:
        people.set_until(
            connection,
            datetime(2025, 1, 1, tzinfo=UTC),
            people.id_of(connection, account),
            "2025-01-02",
            actor="t",
        )
    assert reviewer.get("/desk").status == 403
    with pytest.raises(RefusedError, match="operator_revoked"):
        new_ticket(engine, account)
