"""A bound vault opens by password on its machine alone, and by its recovery keys everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from registration import recovery_text
from registration.errors import InputError, MachineError
from registration.escrow import read_escrow
from server.escrow import open_escrow
from storage.vault import Vault
from storage.vault_binding import bind, is_bound, release
from tests.storage.file_keeper import FileKeeper

PASSWORD, HERS = "correct horse", "battery staple"


@pytest.fixture(autouse=True)
def quick_kdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a guess costs is another test's."""
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})
    monkeypatch.setattr("storage.vault._MOST_PASSES", 1)


@pytest.fixture(params=[1, 2])
def home(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, FileKeeper, str]:
    """A vault of two people, bound; its machine's keeper; its printed recovery key."""
    folder, keeper = tmp_path / "data", FileKeeper(tmp_path / "keyring")
    vault, recovery = Vault.create(folder, "wang", PASSWORD, suite=request.param)
    vault.add_operator("li", HERS)
    bind(folder, "wang", PASSWORD, keeper)
    return folder, keeper, recovery


def copied(folder: Path) -> tuple[Path, FileKeeper]:
    """The data folder on another machine."""
    target = folder.parent / "copied"
    shutil.copytree(folder, target)
    return target, FileKeeper(folder.parent / "other keyring")


def test_everybody_opens_it_here_and_nobody_elsewhere(home: tuple[Path, FileKeeper, str]) -> None:
    folder, keeper, _ = home
    assert is_bound(folder)
    for account, password in (("wang", PASSWORD), ("li", HERS)):
        Vault.unlock(folder, account, password, keeper=keeper)
    other, stranger = copied(folder)
    for _ in range(6):  # no try is counted: no password could have been right
        with pytest.raises(InputError) as refused:
            Vault.unlock(other, "wang", PASSWORD, keeper=stranger)
        assert refused.value.code == "vault_bound"
    name = json.loads((folder / "vault.json").read_bytes())["binding"]
    stranger.put(name, bytes(32))
    with pytest.raises(InputError, match="vault_bound"):
        Vault.unlock(other, "wang", PASSWORD, keeper=stranger)
    with pytest.raises(InputError, match="unlock_failed"):
        Vault.unlock(folder, "wang", "another password", keeper=keeper)


def test_who_comes_later_and_a_new_password_are_bound_too(home: tuple[Path, FileKeeper, str]) -> None:
    folder, keeper, _ = home
    vault = Vault.unlock(folder, "wang", PASSWORD, keeper=keeper)
    vault.add_operator("zhao", "a password of his")
    vault.change_password("wang", PASSWORD, "a new password")
    assert Vault.unlock(folder, "wang", "a new password", keeper=keeper).page_key == vault.page_key
    other, stranger = copied(folder)
    for account, password in (("zhao", "a password of his"), ("wang", "a new password")):
        with pytest.raises(InputError, match="vault_bound"):
            Vault.unlock(other, account, password, keeper=stranger)
    keeper.silent = True
    for act in (
        lambda: vault.add_operator("ma", HERS),
        lambda: vault.change_password("li", HERS, "a third one"),
    ):
        with pytest.raises(InputError, match="vault_bound"):
            act()
    keeper.silent = False
    Vault.unlock(folder, "li", HERS, keeper=keeper)


def test_the_printed_key_opens_it_elsewhere_and_it_may_be_bound_there(
    home: tuple[Path, FileKeeper, str],
) -> None:
    folder, keeper, recovery = home
    other, there = copied(folder)
    vault = Vault.unlock_with_recovery(other, recovery, keeper=there)
    assert vault.database_key == Vault.unlock(folder, "li", HERS, keeper=keeper).database_key
    vault.add_operator("wang", "a new password")
    assert not is_bound(other)
    Vault.unlock(other, "wang", "a new password", keeper=there)
    with pytest.raises(InputError, match="vault_bound"):
        Vault.unlock(other, "li", HERS, keeper=there)
    vault.add_operator("zhao", "a password of his")  # opened here: nothing binds it here
    bind(other, "wang", "a new password", there)
    assert is_bound(other) and not vault.has_operator("li")
    Vault.unlock(other, "zhao", "a password of his", keeper=there)
    with pytest.raises(InputError, match="vault_bound"):
        Vault.unlock(other, "wang", "a new password", keeper=keeper)


def test_the_centres_key_opens_it_elsewhere(home: tuple[Path, FileKeeper, str]) -> None:
    folder, keeper, _ = home
    private = X25519PrivateKey.generate()
    Vault.unlock(folder, "wang", PASSWORD, keeper=keeper).entrust(private.public_key().public_bytes_raw())
    other, there = copied(folder)
    content = json.loads((other / "vault.json").read_bytes())
    secret = open_escrow(private, read_escrow(content["escrow"]), content["vault_id"])
    vault = Vault.unlock_with_recovery(other, recovery_text.to_text(secret), keeper=there)
    assert vault.opened_by_centre
    vault.add_operator("zhao", "a password for today")
    Vault.unlock(other, "zhao", "a password for today", keeper=there)


def test_released_it_is_as_before_and_the_secret_is_gone(home: tuple[Path, FileKeeper, str]) -> None:
    folder, keeper, _ = home
    with pytest.raises(InputError, match="unlock_failed"):
        release(folder, "wang", "another password", keeper)
    release(folder, "li", HERS, keeper)
    assert not is_bound(folder) and not list(keeper.folder.iterdir())
    content = json.loads((folder / "vault.json").read_bytes())
    assert content["format"] == 2 and "binding" not in content and "bound" not in content["slots"][0]
    other, stranger = copied(folder)
    Vault.unlock(other, "wang", PASSWORD, keeper=stranger)


def test_a_keyring_that_does_not_keep_binds_nothing(tmp_path: Path) -> None:
    folder, keeper = tmp_path / "data", FileKeeper(tmp_path / "keyring")
    Vault.create(folder, "wang", PASSWORD)
    before = (folder / "vault.json").read_bytes()
    for fault in ("silent", "forgetful"):
        setattr(keeper, fault, True)
        with pytest.raises(MachineError, match="keyring_missing"):
            bind(folder, "wang", PASSWORD, keeper)
        setattr(keeper, fault, False)
    with pytest.raises(InputError, match="unlock_failed"):
        bind(folder, "wang", "another password", keeper)
    assert (folder / "vault.json").read_bytes() == before


def test_a_program_of_before_says_that_it_is_too_old(
    home: tuple[Path, FileKeeper, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, keeper, _ = home
    monkeypatch.setattr("storage.vault_file._BOUND_FORMAT", 2)
    with pytest.raises(MachineError, match="newer_database"):
        Vault.unlock(folder, "wang", PASSWORD, keeper=keeper)


@pytest.mark.skipif(
    not shutil.which("gnome-keyring-daemon") or not shutil.which("dbus-run-session"),
    reason="no Secret Service can be run here",
)
def test_the_systems_keyring_keeps_it(tmp_path: Path) -> None:
    for name in ("home", "run"):
        (tmp_path / name).mkdir(mode=0o700)
    script = (
        "printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null && "
        f'exec "{sys.executable}" -c "$PROGRAM"'
    )
    program = (
        "import pathlib, storage.vault as v\n"
        "from storage.binding import SecretService\n"
        "from storage.vault_binding import bind, is_bound, release\n"
        "v._KDF, v._MOST_PASSES = {'memory_kib': 64, 'time': 1, 'lanes': 1}, 1\n"
        "folder = pathlib.Path('data')\n"
        "v.Vault.create(folder, 'wang', 'correct horse')\n"
        "bind(folder, 'wang', 'correct horse', SecretService())\n"
        "vault = v.Vault.unlock(folder, 'wang', 'correct horse')\n"
        "vault.change_password('wang', 'correct horse', 'new horse')\n"
        "v.Vault.unlock(folder, 'wang', 'new horse')\n"
        "release(folder, 'wang', 'new horse', SecretService())\n"
        "print('released', is_bound(folder), SecretService().get('0'))\n"
    )
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        check=False,
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PROGRAM": program,
            "HOME": str(tmp_path / "home"),
            "XDG_DATA_HOME": str(tmp_path / "home"),
            "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "released False None" in done.stdout, done.stderr[-2000:]


def test_without_a_keyring_there_is_a_plain_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage.binding import SecretService

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    keeper = SecretService()
    for act in (lambda: keeper.get("x"), lambda: keeper.put("x", b"y"), lambda: keeper.delete("x")):
        with pytest.raises(MachineError) as refused:
            act()
        assert refused.value.code == "keyring_missing"
