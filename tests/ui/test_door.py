"""The door of the real office: who may open it, what the centre leaves and takes; nothing is destroyed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from registration import recovery_text
from registration.changes import Changes
from registration.errors import InputError, Problem
from registration.escrow import read_escrow
from registration.rights import PairedAct, Role
from server.escrow import open_escrow
from storage import device, feed, reference
from storage.vault import Vault
from sync.contract import b64
from sync.status import Phase, SyncStatus
from tests.storage.evening import COMPOUND, enrol_answer
from ui.backend import NewVault
from ui.command_line import arguments
from ui.office import Office
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals

PASSWORD = "lanzhou cold evening"
CENTRE = X25519PrivateKey.generate()
WANG = {"id": "o-1", "account": "wang", "name": "王海燕", "role": "operator"}
LI = {"id": "o-2", "account": "li", "name": "李娟", "role": "helper"}
ZHAO = {"id": "o-3", "account": "zhao", "name": "赵敏", "role": "operator"}

Begin = Callable[[], Office]


@pytest.fixture
def begin(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Start the office over one folder; whatever ran before has ended."""
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    running: list[Office] = []

    def start() -> Office:
        while running:
            running.pop().close()
        found = arguments(
            ["--data-dir", str(tmp_path / "data"), "--centre", "http://127.0.0.1:9", "--enrol", "code"]
        )
        office = main.make_office(found, Settings(tmp_path / "settings.json"), Signals())
        office.start()
        running.append(office)
        return office

    yield start
    while running:
        running.pop().close()


def enrolled(office: Office, qtbot: QtBot) -> Services:
    services = office.create_vault(NewVault("wang", "王海燕", PASSWORD)).services
    public = CENTRE.public_key().public_bytes_raw()
    answer = enrol_answer(recovery_key=b64(public), operator=WANG)
    services.store.write(lambda db: device.apply_enrolment(db, services.clock(), answer)).result()
    qtbot.waitUntil(lambda: escrow_of(office) is not None, timeout=10_000)
    return services


def name_person(services: Services, fact: Mapping[str, object]) -> None:
    def put(db: object) -> Changes:
        device.put_operator(db, fact)  # type: ignore[arg-type]
        return Changes(account=True)

    services.store.write(put).result()


def escrow_of(office: Office) -> object:
    return json.loads((office.data_dir / "vault.json").read_bytes())["escrow"]


def key_of_the_centre(office: Office) -> str:
    content = json.loads((office.data_dir / "vault.json").read_bytes())
    return recovery_text.to_text(open_escrow(CENTRE, read_escrow(content["escrow"]), content["vault_id"]))


def said(office: Office) -> list[Problem]:
    heard: list[Problem] = []
    office._signals.shut.connect(heard.append)
    return heard


def refusal(code: str, server_code: str) -> SyncStatus:
    return SyncStatus(phase=Phase.REFUSED, problem=Problem(code, params={"server_code": server_code}))


def test_a_revoked_machine_is_sealed_and_only_the_centre_opens_it_to_send_what_is_there(
    begin: Begin, qtbot: QtBot
) -> None:
    office = begin()
    enrolled(office, qtbot)
    heard = said(office)
    office._link_said(refusal("device_revoked", "revoked"))
    qtbot.waitUntil(lambda: [problem.code for problem in heard] == ["vault_sealed"], timeout=10_000)
    with pytest.raises(InputError) as refused:
        office.unlock("wang", PASSWORD)
    assert refused.value.code == "vault_sealed"

    office = begin()
    with pytest.raises(InputError):
        office.unlock("wang", PASSWORD)
    services = office.recover(key_of_the_centre(office), "officer", "a new password")
    assert services.who.role is Role.ADMINISTRATOR, "sends what is there, takes nothing in"
    assert services.store.read(device.read_device) is not None
    heard = said(office)
    office._link_said(refusal("device_revoked", "revoked"))  # it is still revoked: it seals itself again
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    assert Vault.unlock_with_recovery(office.data_dir, key_of_the_centre(office))


def test_a_machine_that_no_centre_could_open_again_is_not_sealed(begin: Begin, qtbot: QtBot) -> None:
    office = begin()
    office.create_vault(NewVault("wang", "王海燕", PASSWORD))
    office._link_said(refusal("device_revoked", "revoked"))
    office.close()
    assert Vault.unlock(office.data_dir, "wang", PASSWORD)


def test_whose_rights_the_centre_ends_is_shut_out_and_the_others_go_on(begin: Begin, qtbot: QtBot) -> None:
    office = begin()
    services = enrolled(office, qtbot)
    name_person(services, LI)
    services.door.admit("li", "her own password")
    office.unlock("li", "her own password")
    heard = said(office)
    office._link_said(refusal("operator_refused", "operator_revoked"))
    qtbot.waitUntil(lambda: [problem.code for problem in heard] == ["operator_removed"], timeout=10_000)
    with pytest.raises(InputError):
        office.unlock("li", "her own password")
    assert office.unlock("wang", PASSWORD).who.operator_id == "o-1"


def test_a_refusal_that_is_not_about_rights_takes_nobodys_place(begin: Begin, qtbot: QtBot) -> None:
    office = begin()
    services = enrolled(office, qtbot)
    services.door.hear(refusal("operator_refused", "forbidden"))
    services.door.look()
    assert office.unlock("wang", PASSWORD).who.operator_id == "o-1"


def test_when_the_last_person_loses_the_rights_the_machine_seals_itself(begin: Begin, qtbot: QtBot) -> None:
    office = begin()
    services = enrolled(office, qtbot)
    heard = said(office)
    name_person(services, WANG | {"active": False})
    qtbot.waitUntil(lambda: [problem.code for problem in heard] == ["vault_sealed"], timeout=10_000)


def test_only_people_of_the_centre_get_a_password_and_a_helper_gives_none(begin: Begin, qtbot: QtBot) -> None:
    office = begin()
    door = enrolled(office, qtbot).door
    with pytest.raises(InputError) as refused:
        door.admit("nobody", "a long password")
    assert refused.value.code == "person_unknown"
    name_person(office.services(), LI)
    with pytest.raises(InputError) as refused:
        door.admit("li", "short")
    assert refused.value.code == "password_short"
    door.admit("li", "her own password")
    assert [(one.member.account, one.has_password) for one in door.team()] == [("wang", True), ("li", True)]
    office.unlock("li", "her own password")
    for asked in (
        lambda: door.admit("wang", "a password of mine"), lambda: door.dismiss("wang", None),
        door.new_recovery,
    ):  # fmt: skip
        with pytest.raises(InputError) as refused:
            asked()
        assert refused.value.code == "not_allowed"
    door.change_password("li", "her own password", "another of hers")
    office.unlock("wang", PASSWORD)
    with pytest.raises(InputError) as refused:  # not even where nobody else could confirm, without a word
        door.admit("li", "chosen by another")
    assert refused.value.code == "second_person_missing"
    assert office.unlock("wang", PASSWORD).who.operator_id == "o-1"
    name_person(office.services(), ZHAO)
    door.admit("zhao", "a password of his own")
    assert [one.account for one in door.seconds(PairedAct.REMOVE_PERSON, "li")] == ["zhao"]
    with pytest.raises(InputError) as refused:
        door.dismiss("li", None)
    assert refused.value.code == "second_person_missing"
    for account, password, code in (
        ("wang", PASSWORD, "second_person_unable"),  # the one at the window
        ("LI", "another of hers", "second_person_unable"),  # whom it is about
        ("zhao", "not his password", "second_person_wrong"),
    ):
        with pytest.raises(InputError) as refused:
            door.confirm(PairedAct.REMOVE_PERSON, account, password, "li")
        assert refused.value.code == code
    with pytest.raises(InputError) as refused:
        door.alone(PairedAct.VOID_RECEIPT, "nobody came")  # somebody can
    assert refused.value.code == "second_person_missing"
    second = door.confirm(PairedAct.REMOVE_PERSON, " ZHAO", "a password of his own", "li")
    assert (second.operator_id, office.services().who.operator_id) == ("o-3", "o-1")
    door.dismiss("li", second)
    with pytest.raises(InputError):
        office.unlock("li", "another of hers")


def test_a_printed_key_counts_only_once_it_is_put_away(begin: Begin, qtbot: QtBot) -> None:
    office = begin()
    created = office.create_vault(NewVault("wang", "王海燕", PASSWORD))
    assert created.services.door.recovery_waiting
    office = begin()  # ended on the page that shows the key
    door = office.unlock("wang", PASSWORD).door
    assert door.recovery_waiting
    key = door.new_recovery()
    door.confirm_recovery()
    assert not door.recovery_waiting
    assert not begin().unlock("wang", PASSWORD).door.recovery_waiting
    office = begin()
    with pytest.raises(InputError):
        office.recover(created.recovery_key, "wang", "a new password")
    with pytest.raises(InputError) as refused:
        office.recover(key, "wnag", "a new password")
    assert refused.value.code == "person_unknown"
    assert office.recover(key, "wang", "a new password").who.operator_name == "王海燕"
    with pytest.raises(InputError):
        Vault.unlock(office.data_dir, "wnag", "a new password")


def test_wrong_tries_of_a_second_person_delay_the_unlocking_too(begin: Begin, qtbot: QtBot) -> None:
    office = begin()
    door = enrolled(office, qtbot).door
    name_person(office.services(), ZHAO)
    door.admit("zhao", "a password of his own")
    codes = []
    for _ in range(5):
        with pytest.raises(InputError) as refused:
            door.confirm(PairedAct.VOID_RECEIPT, "zhao", "guessed")
        codes.append(refused.value.code)
    assert codes[0] == "second_person_wrong" and codes[-1] == "unlock_delayed"
    with pytest.raises(InputError) as refused:
        office.unlock("wang", PASSWORD)
    assert refused.value.code == "unlock_delayed"


def test_what_an_older_program_set_aside_of_the_feed_is_tried_at_the_first_opening_of_a_newer_one(
    begin: Begin, qtbot: QtBot
) -> None:
    office = begin()
    services = enrolled(office, qtbot)
    compound = {**COMPOUND, "id": "c7", "households": []}
    item = [{"seq": 2, "kind": "something_new", "body": compound}]
    services.store.write(lambda db: feed.apply_feed(db, services.clock(), item, 2)).result()

    def learned(db: Any) -> None:
        db.execute("UPDATE feed_kept SET kind = 'compound'")  # what the newer program knows it by
        db.execute("UPDATE feed_tried SET program = '0.0'")

    services.store.write(learned).result()
    services = begin().unlock("wang", PASSWORD)
    qtbot.waitUntil(lambda: [one.id for one in services.store.read(reference.compounds)] == ["c7"])
