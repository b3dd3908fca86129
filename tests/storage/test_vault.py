"""The vault opens to the right password or recovery key and to nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from registration.errors import InputError, MachineError
from storage import recovery_text, vault_file
from storage.vault import Vault

ACCOUNT, PASSWORD = "王海燕", "correct horse"


@pytest.fixture(autouse=True)
def quick_kdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The full cost of Argon2id belongs to one test, in a program of its own."""
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 1, "lanes": 1})


def keys(vault: Vault) -> tuple[bytes, bytes, bytes]:
    return vault.database_key, vault.page_key, vault.page_name_key


class Clock:
    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


def test_the_cost_is_argon2id_with_64_mib_and_three_passes(tmp_path: Path) -> None:
    source = (
        "import sys, pathlib; from storage.vault import Vault; p = pathlib.Path(sys.argv[1]);"
        "a, _ = Vault.create(p, 'wang', 'a long password'); b = Vault.unlock(p, 'wang', 'a long password');"
        "assert a.database_key == b.database_key"
    )
    subprocess.run([sys.executable, "-c", source, str(tmp_path)], check=True)
    assert json.loads((tmp_path / "vault.json").read_bytes())["kdf"] == {
        "memory_kib": 65536, "time": 3, "lanes": 4,
    }  # fmt: skip


def test_a_new_vault_unlocks_to_the_same_three_keys(tmp_path: Path) -> None:
    assert not Vault.exists(tmp_path)
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    assert Vault.exists(tmp_path)
    assert keys(Vault.unlock(tmp_path, f" {ACCOUNT} ", PASSWORD)) == keys(made)
    assert len({*keys(made)}) == 3 and {len(key) for key in keys(made)} == {32}


def test_another_vault_has_other_keys(tmp_path: Path) -> None:
    one, _ = Vault.create(tmp_path / "a", ACCOUNT, PASSWORD)
    two, _ = Vault.create(tmp_path / "b", ACCOUNT, PASSWORD)
    assert not {*keys(one)} & {*keys(two)}


def test_a_vault_is_never_made_over_another(tmp_path: Path) -> None:
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    with pytest.raises(FileExistsError):
        Vault.create(tmp_path, "li", "another password")
    assert keys(Vault.unlock(tmp_path, ACCOUNT, PASSWORD)) == keys(made)


@pytest.mark.parametrize(
    ("account", "password", "code"), [("", PASSWORD, "account_missing"), ("li", "short77", "password_short")]
)
def test_an_empty_account_or_a_short_password_is_refused(
    tmp_path: Path, account: str, password: str, code: str
) -> None:
    with pytest.raises(InputError) as refused:
        Vault.create(tmp_path, account, password)
    assert refused.value.code == code
    assert not Vault.exists(tmp_path)


def test_a_wrong_account_and_a_wrong_password_get_the_same_answer(tmp_path: Path) -> None:
    Vault.create(tmp_path, ACCOUNT, PASSWORD)
    problems = []
    for account, password in ((ACCOUNT, PASSWORD + "x"), ("nobody", PASSWORD)):
        with pytest.raises(InputError) as refused:
            Vault.unlock(tmp_path, account, password)
        problems.append(refused.value.problem)
    assert problems[0] == problems[1]
    assert problems[0].code == "unlock_failed"


def test_the_delay_grows_survives_a_restart_and_ends_with_the_right_password(tmp_path: Path) -> None:
    Vault.create(tmp_path, ACCOUNT, PASSWORD)
    clock = Clock()

    def wrong() -> InputError:
        with pytest.raises(InputError) as refused:
            Vault.unlock(tmp_path, ACCOUNT, "wrong password", clock=clock)
        return refused.value

    assert [wrong().code for _ in range(3)] == ["unlock_failed"] * 3
    waits = []
    for _ in range(4):  # each call reads the delay anew from its file, as after a restart
        refused = wrong()
        assert refused.code == "unlock_delayed"
        waits.append(int(refused.problem.params["seconds"]))
        with pytest.raises(InputError) as early:  # also the right password waits
            Vault.unlock(tmp_path, ACCOUNT, PASSWORD, clock=clock)
        assert early.value.code == "unlock_delayed"
        clock.seconds += waits[-1]
        assert wrong().code == "unlock_failed"
    assert waits == sorted(set(waits)), "each wrong try makes the next wait longer"
    clock.seconds += 10_000
    Vault.unlock(tmp_path, ACCOUNT, PASSWORD, clock=clock)
    assert wrong().code == "unlock_failed"  # counting starts over


def test_a_try_counts_also_when_the_program_is_ended_during_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vault.create(tmp_path, ACCOUNT, PASSWORD)
    clock = Clock()
    with monkeypatch.context() as patched:

        def killed(*_: object) -> bytes:
            raise KeyboardInterrupt

        patched.setattr("storage.vault._password_key", killed)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                Vault.unlock(tmp_path, ACCOUNT, "wrong password", clock=clock)
    with pytest.raises(InputError) as refused:
        Vault.unlock(tmp_path, ACCOUNT, "wrong password", clock=clock)
    assert refused.value.code == "unlock_delayed"


def test_a_clock_set_back_does_not_lock_the_vault_for_long(tmp_path: Path) -> None:
    Vault.create(tmp_path, ACCOUNT, PASSWORD)
    clock = Clock()
    for _ in range(3):
        with pytest.raises(InputError):
            Vault.unlock(tmp_path, ACCOUNT, "wrong password", clock=clock)
    clock.seconds -= 3 * 365 * 86400
    with pytest.raises(InputError) as refused:
        Vault.unlock(tmp_path, ACCOUNT, PASSWORD, clock=clock)
    assert int(refused.value.problem.params["seconds"]) <= 3


def test_the_recovery_key_unlocks_however_it_is_typed_and_sets_a_new_password(tmp_path: Path) -> None:
    made, recovery = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    assert all(len(group) == 4 for group in recovery.split("-")) and len(recovery.split("-")) == 7
    typed = recovery.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    vault = Vault.unlock_with_recovery(tmp_path, typed)
    assert keys(vault) == keys(made)
    vault.add_operator(ACCOUNT, "a new password")
    assert keys(Vault.unlock(tmp_path, ACCOUNT, "a new password")) == keys(made)
    with pytest.raises(InputError):
        Vault.unlock(tmp_path, ACCOUNT, PASSWORD)
    assert keys(Vault.unlock_with_recovery(tmp_path, recovery)) == keys(made)


def test_every_single_wrong_letter_of_a_recovery_key_is_caught_before_the_vault_is_asked() -> None:
    """The check has 10 bits: one wrong letter slips through in at most 1 of 1024 cases."""
    text = recovery_text.to_text(bytes(range(100, 116)))
    letters, slipped, tried = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 0, 0
    for at, character in enumerate(text):
        for letter in letters:
            if character not in ("-", letter):
                tried += 1
                try:
                    recovery_text.from_text(text[:at] + letter + text[at + 1 :])
                    slipped += 1
                except InputError:
                    pass
    assert tried == 28 * 31 and slipped <= 5


def test_a_recovery_key_of_another_vault_is_refused(tmp_path: Path) -> None:
    Vault.create(tmp_path / "a", ACCOUNT, PASSWORD)
    _, other = Vault.create(tmp_path / "b", ACCOUNT, PASSWORD)
    for text in (other, "", "ABCD", other[:-1], other + "0", "U" * 28):
        with pytest.raises(InputError) as refused:
            Vault.unlock_with_recovery(tmp_path / "a", text)
        assert refused.value.code == "recovery_wrong"


def test_a_second_operator_opens_the_same_data(tmp_path: Path) -> None:
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    made.add_operator("li", "her own password")
    assert keys(Vault.unlock(tmp_path, "LI", "her own password")) == keys(made)
    assert keys(Vault.unlock(tmp_path, ACCOUNT, PASSWORD)) == keys(made)


def test_a_password_is_changed_only_by_someone_who_knows_the_old_one(tmp_path: Path) -> None:
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    with pytest.raises(InputError) as refused:
        made.change_password(ACCOUNT, "not the old one", "a new password")
    assert refused.value.code == "unlock_failed"
    made.change_password(ACCOUNT, PASSWORD, "a new password")
    assert keys(Vault.unlock(tmp_path, ACCOUNT, "a new password")) == keys(made)


def test_no_name_and_no_password_stands_in_the_files(tmp_path: Path) -> None:
    _, recovery = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    with pytest.raises(InputError):
        Vault.unlock(tmp_path, "some account", "wrong password")
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in (ACCOUNT, PASSWORD, recovery, recovery.replace("-", ""), "some account", "wrong password"):
        assert word.encode() not in content
        assert json.dumps(word)[1:-1].encode() not in content


@pytest.mark.parametrize("damage", [b"", b"{}", b"\0" * 900, None])
def test_a_damaged_vault_falls_back_to_its_copy_and_is_mended(tmp_path: Path, damage: bytes | None) -> None:
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    path = tmp_path / "vault.json"
    whole = path.read_bytes()
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert Vault.exists(tmp_path)
    assert keys(Vault.unlock(tmp_path, ACCOUNT, PASSWORD)) == keys(made)
    assert path.read_bytes() == whole


def test_a_flipped_bit_anywhere_in_the_vault_is_noticed(tmp_path: Path) -> None:
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    path, copy = tmp_path / "vault.json", tmp_path / "vault.json.copy"
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        torn = bytearray(whole)
        torn[at] ^= 1
        path.write_bytes(torn)
        copy.write_bytes(whole)
        assert vault_file.load(tmp_path) == made._file
        assert path.read_bytes() == whole


def test_when_vault_and_copy_are_damaged_it_says_so(tmp_path: Path) -> None:
    Vault.create(tmp_path, ACCOUNT, PASSWORD)
    for name in ("vault.json", "vault.json.copy"):
        (tmp_path / name).write_bytes(b"{")
    with pytest.raises(MachineError) as refused:
        Vault.unlock(tmp_path, ACCOUNT, PASSWORD)
    assert refused.value.code == "vault_damaged"
