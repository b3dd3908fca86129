"""The page People: each sets a password of their own, and a new key takes the place of the old one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from registration.changes import Changes
from registration.errors import InputError
from registration.rights import Role
from storage.device import put_operator
from storage.vault import Vault
from tests.driving import wait_until
from tests.storage.evening import Evening
from tests.storage.file_keeper import FileKeeper
from ui.main_window import MainWindow
from ui.screens.binding_card import BindingCard
from ui.screens.people import PeopleScreen
from ui.screens.people_cards import PersonRow
from ui.screens.second_person import SecondPersonCard
from ui.services import Services
from ui.widgets import Chip, QuietButton

ZHAO = {"id": "o-3", "account": "zhao", "name": "赵敏", "role": "operator"}
LI = {"id": "o-2", "account": "li", "name": "李娟", "role": "helper"}


@pytest.fixture
def screen(window: MainWindow, evening: Evening, services: Services) -> PeopleScreen:
    evening.write(put_operator, LI)
    services.signals.changed.emit(Changes(account=True))
    place = window.go("devices")
    found = place.open_tab("people")  # type: ignore[attr-defined]
    assert isinstance(found, PeopleScreen)
    wait_until(lambda: len(found._team) == 2, "the team")
    return found


def chips(screen: PeopleScreen) -> list[str]:
    return [chip.text() for row in screen.findChildren(PersonRow) for chip in row.findChildren(Chip)]


def person(screen: PeopleScreen, account: str) -> object:
    return next(one for one in screen._team if one.member.account == account)


def code_of(card: SecondPersonCard) -> str:
    problem = card.problem.problem()
    return problem.code if problem is not None else ""


def audited(db: Any) -> list[dict[str, Any]]:
    found = db.execute("SELECT details FROM audit WHERE action = 'person_admitted' ORDER BY seq").fetchall()
    return [json.loads(text) for (text,) in found]


def vault_of(services: Services) -> Vault:
    return services.door._vault


def test_a_new_person_types_a_password_and_may_be_removed_again(
    screen: PeopleScreen, services: Services
) -> None:
    assert chips(screen) == ["可以打开", "本机未设密码"]
    screen.ask_password(person(screen, "li"))  # type: ignore[arg-type]
    card = screen._theirs
    assert card.isVisible() and "李娟" in card._title.text()
    card._new.setText("a password")
    card._again.setText("another one")
    card.send()
    assert card._fields[2].problem() is not None
    card._again.setText("a password")
    card.send()
    wait_until(lambda: not card.isVisible() and chips(screen) == ["可以打开", "可以打开"], "the admission")
    assert vault_of(services).has_operator("li") and card._new.text() == ""
    # Another password for the same person is not one person's to give.
    screen.ask_password(person(screen, "li"))  # type: ignore[arg-type]
    wait_until(screen.second.reason.isVisible, "who could confirm")
    assert not card.isVisible()
    screen.second.send()
    assert code_of(screen.second) == "alone_reason_missing"
    screen.second.reason.setText("只有两人当班，本人在场")
    screen.second.send()
    wait_until(card.isVisible, "the password's card")
    for edit in (card._new, card._again):
        edit.setText("forgotten once")
    card.send()
    wait_until(lambda: not card.isVisible(), "the new password")
    assert Vault.unlock(vault_of(services).folder, "li", "forgotten once")
    assert services.store.read(audited)[-1] == {"alone": "只有两人当班，本人在场"}


def test_a_person_is_removed_once_another_one_confirms_it(
    screen: PeopleScreen, evening: Evening, services: Services
) -> None:
    vault = vault_of(services)
    vault.add_operator("li", "a password of hers")
    evening.write(put_operator, ZHAO)
    vault.add_operator("zhao", "a password of his")
    services.signals.changed.emit(Changes(account=True))
    wait_until(lambda: chips(screen).count("可以打开") == 3, "the team")
    card = screen.second
    screen.dismiss(person(screen, "li"))  # type: ignore[arg-type]
    wait_until(lambda: card.account.text() == "zhao", "who can confirm")
    assert "李娟" in card._title.text()  # who confirms sees whom it is about
    card.account.setText("li")
    card.password.setText("a password of hers")
    card.send()
    wait_until(lambda: code_of(card) == "second_person_unable", "the refusal of the removed one")
    assert screen.back() and not card.isVisible() and vault.has_operator("li")
    assert card.password.text() == ""
    screen.dismiss(person(screen, "li"))  # type: ignore[arg-type]
    wait_until(lambda: card.account.text() == "zhao", "who can confirm")
    card.password.setText("a password of his")
    card.send()
    wait_until(lambda: not vault.has_operator("li"), "the removal")
    assert services.who.operator_id == "o-1"  # who confirmed has not taken the place
    row = evening.sql("SELECT operator_id, details FROM audit WHERE action = 'person_dismissed'")[0]
    assert (row[0], json.loads(row[1])) == ("o-1", {"second": "o-3", "second_name": "赵敏"})


def test_where_nobody_can_confirm_a_removal_the_page_says_who_ends_rights(
    screen: PeopleScreen, services: Services
) -> None:
    vault_of(services).add_operator("li", "a password of hers")
    screen.dismiss(person(screen, "li"))  # type: ignore[arg-type]
    card = screen.second
    wait_until(lambda: card._able == [], "nobody")
    assert "中心" in card._lead.text_whole() and not card.go_button.isVisible()
    card.send()
    assert vault_of(services).has_operator("li")


def test_the_own_password_is_changed_with_the_old_one(screen: PeopleScreen, services: Services) -> None:
    card = screen._mine
    for old, asked in (("not the old one", False), ("a password", True)):
        card._old.setText(old)
        card._new.setText("my next password")
        card._again.setText("my next password")
        card.send()
        wait_until(card._go.isEnabled, "the answer")
        assert card._done.isVisible() is asked
        assert card._problem.isVisible() is not asked
    folder = services.data_dir / "door"
    assert Vault.unlock(folder, "wang", "my next password")


def test_a_new_recovery_key_counts_once_it_is_put_away(screen: PeopleScreen, services: Services) -> None:
    card = screen._recovery
    card._make.click()
    wait_until(card._well.isVisible, "the key")
    key = "-".join(label.text() for label in card._groups)
    assert not card._go.isEnabled()
    card._safe.click()
    card._go.click()
    wait_until(lambda: not card._well.isVisible(), "the end of it")
    assert all(label.text() == "" for label in card._groups)
    folder = services.data_dir / "door"
    assert Vault.unlock_with_recovery(folder, key)
    with pytest.raises(InputError):
        Vault.unlock_with_recovery(folder, key[:-4] + "0000")


def test_a_helper_sees_the_team_and_changes_only_the_own_password(
    screen: PeopleScreen, evening: Evening
) -> None:
    evening.who = replace(evening.who, role=Role.HELPER)
    screen._show_team()
    assert not screen._recovery.isVisible() and screen._mine.isVisible()
    buttons = [b for row in screen.findChildren(PersonRow) for b in row.findChildren(QuietButton)]
    assert not [button for button in buttons if button.isVisible()]


def test_how_long_until_it_locks_is_kept(screen: PeopleScreen, services: Services) -> None:
    screen._lock.chosen.emit("15")
    assert services.settings.value.lock_minutes == 15


def test_the_data_is_bound_to_this_machine_and_released_by_the_own_password(
    screen: PeopleScreen,
    services: Services,
    evening: Evening,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("storage.binding.SecretService", lambda: FileKeeper(tmp_path / "keyring"))
    vault_of(services).add_operator("wang", "a password of hers")
    card = screen.findChild(BindingCard)
    assert card is not None
    card.load()
    wait_until(lambda: card._on is False, "the state")
    card._password.setText("not hers")
    card.turn()
    wait_until(card._problem.isVisible, "the refusal")
    assert not services.door.binding.is_on()
    card._password.setText("a password of hers")
    card.turn()
    wait_until(lambda: card._on is True, "the binding")
    assert services.door.binding.is_on() and card._password.text() == "" and "恢复密钥" in card._lead.text()
    card._password.setText("a password of hers")
    card.turn()
    wait_until(lambda: card._on is False, "the release")
    noted = [action for (action,) in evening.sql("SELECT action FROM audit ORDER BY rowid")]
    assert noted[-2:] == ["vault_bound", "vault_released"]


def test_where_no_keyring_answers_nothing_is_bound(
    screen: PeopleScreen, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keeper = FileKeeper(tmp_path / "keyring")
    keeper.silent = True
    monkeypatch.setattr("storage.binding.SecretService", lambda: keeper)
    vault_of(services).add_operator("wang", "a password of hers")
    card = screen.findChild(BindingCard)
    assert card is not None
    card.load()
    wait_until(lambda: card._on is False, "the state")
    card._password.setText("a password of hers")
    card.turn()
    wait_until(card._problem.isVisible, "the refusal")
    found = card._problem.problem()
    assert found is not None and found.code == "keyring_missing" and not services.door.binding.is_on()
