"""The vault opens to the right password or recovery key and to nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from registration import recovery_text
from registration.errors import InputError, MachineError
from registration.escrow import read_escrow
from server.escrow import open_escrow
from storage import vault_file
from storage.json_text import compact_json
from storage.pages import PageFiles
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
    kdf = json.loads((tmp_path / "vault.json").read_bytes())["kdf"]
    assert kdf.pop("time") >= 3
    assert kdf == {"memory_kib": 65536, "lanes": 4}


def test_a_machine_that_guesses_faster_pays_with_more_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter((0.0, 0.09, 0.0, 0.0009, 0.0, 9.0))  # 30 ms, 0.3 ms and 3 s a pass
    monkeypatch.setattr("storage.vault.time.perf_counter", lambda: next(seconds))
    monkeypatch.setattr("storage.vault._KDF", {"memory_kib": 64, "time": 3, "lanes": 1})
    passes = []
    for name in "abc":
        Vault.create(tmp_path / name, ACCOUNT, PASSWORD)
        passes.append(json.loads((tmp_path / name / "vault.json").read_bytes())["kdf"]["time"])
        Vault.unlock(tmp_path / name, ACCOUNT, PASSWORD)
    assert passes == [8, 16, 3]


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

        patched.setattr("storage.vault_slots._password_key", killed)
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


def test_a_vault_of_the_first_form_opens_and_is_written_in_the_present_one(tmp_path: Path) -> None:
    """As a released program wrote it: without suite, escrow and the word about its printed key."""
    folder = tmp_path / "old"
    made, recovery = Vault.create(folder, ACCOUNT, PASSWORD)
    content = json.loads((folder / "vault.json").read_bytes())
    for name in ("suite", "recovery_confirmed", "escrow", "sealed", "check"):
        del content[name]
    content["format"] = 1
    body = compact_json({**content, "check": vault_file._check(content)}).encode()
    for name in ("vault.json", "vault.json.copy"):
        (folder / name).write_bytes(body)
    vault = Vault.unlock(folder, ACCOUNT, PASSWORD)
    assert keys(vault) == keys(made) and vault.suite == 1 and vault.recovery_confirmed
    vault.add_operator("li", "her own password")
    assert json.loads((folder / "vault.json").read_bytes())["format"] == 2
    assert keys(Vault.unlock_with_recovery(folder, recovery)) == keys(made)


def test_a_vault_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    Vault.create(tmp_path, ACCOUNT, PASSWORD)
    content = json.loads((tmp_path / "vault.json").read_bytes()) | {"format": 4, "new": "field"}
    del content["check"]
    body = compact_json({**content, "check": vault_file._check(content)}).encode()
    (tmp_path / "vault.json").write_bytes(body)
    with pytest.raises(MachineError) as refused:
        Vault.unlock(tmp_path, ACCOUNT, PASSWORD)
    assert refused.value.code == "newer_database"
    assert (tmp_path / "vault.json").read_bytes() == body


def test_the_second_suite_seals_vault_and_pages(tmp_path: Path) -> None:
    made, recovery = Vault.create(tmp_path, ACCOUNT, PASSWORD, suite=2)
    digest = made.open_pages(tmp_path / "pages").put(b"a page")
    for vault in (
        Vault.unlock(tmp_path, ACCOUNT, PASSWORD), Vault.unlock_with_recovery(tmp_path, recovery),
    ):  # fmt: skip
        assert vault.suite == 2 and keys(vault) == keys(made)
        assert vault.open_pages(tmp_path / "pages").get(digest) == b"a page"
    first = PageFiles(tmp_path / "pages", made.page_key, made.page_name_key, suite=1)
    assert first.name_of(digest) != made.open_pages(tmp_path / "pages").name_of(digest)
    sealed = next((tmp_path / "pages").rglob("*.page")).read_bytes()
    first.path_of(digest).parent.mkdir(parents=True, exist_ok=True)
    first.path_of(digest).write_bytes(sealed)
    with pytest.raises(MachineError):
        first.get(digest)


def test_a_new_recovery_key_replaces_the_old_one_only_when_it_is_put_away(tmp_path: Path) -> None:
    made, old = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    assert not made.recovery_confirmed, "killed on its page, the program asks again"
    forgotten, new = made.new_recovery(), made.new_recovery()
    for key in (old, new):
        assert keys(Vault.unlock_with_recovery(tmp_path, key)) == keys(made)
    with pytest.raises(InputError):
        Vault.unlock_with_recovery(tmp_path, forgotten)
    made.confirm_recovery()
    assert Vault.unlock(tmp_path, ACCOUNT, PASSWORD).recovery_confirmed
    assert keys(Vault.unlock_with_recovery(tmp_path, new)) == keys(made)
    with pytest.raises(InputError) as refused:
        Vault.unlock_with_recovery(tmp_path, old)
    assert refused.value.code == "recovery_wrong"


def test_a_removed_operator_unlocks_no_longer_and_the_last_one_stays(tmp_path: Path) -> None:
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    made.add_operator("li", "her own password")
    assert made.has_operator(" LI ")
    made.remove_operator("Li")
    made.remove_operator("nobody")
    assert not made.has_operator("li")
    with pytest.raises(InputError):
        Vault.unlock(tmp_path, "li", "her own password")
    with pytest.raises(InputError) as refused:
        made.remove_operator(ACCOUNT)
    assert refused.value.code == "last_operator"
    assert keys(Vault.unlock(tmp_path, ACCOUNT, PASSWORD)) == keys(made)


def key_of_the_centre(folder: Path, private: X25519PrivateKey) -> str:
    """What the centre reads out of a vault's escrow."""
    content = json.loads((folder / "vault.json").read_bytes())
    return recovery_text.to_text(open_escrow(private, read_escrow(content["escrow"]), content["vault_id"]))


@pytest.mark.parametrize("suite", [1, 2])
def test_a_sealed_vault_opens_to_the_centre_alone(tmp_path: Path, suite: int) -> None:
    made, printed = Vault.create(tmp_path, ACCOUNT, PASSWORD, suite=suite)
    assert not Vault.seal(tmp_path), "nothing is sealed that nobody could open again"
    assert keys(Vault.unlock(tmp_path, ACCOUNT, PASSWORD)) == keys(made)
    centre = X25519PrivateKey.generate()
    public = centre.public_key().public_bytes_raw()
    assert made.entrust(public)
    assert not made.entrust(public)
    assert Vault.seal(tmp_path)
    with pytest.raises(InputError) as refused:
        Vault.unlock(tmp_path, ACCOUNT, PASSWORD)
    assert refused.value.code == "vault_sealed"
    with pytest.raises(InputError) as refused:
        Vault.unlock_with_recovery(tmp_path, printed)
    assert refused.value.code == "recovery_wrong"
    with pytest.raises(InvalidTag):
        key_of_the_centre(tmp_path, X25519PrivateKey.generate())
    read_out = key_of_the_centre(tmp_path, centre)
    vault = Vault.unlock_with_recovery(tmp_path, read_out)
    assert keys(vault) == keys(made)
    vault.add_operator("officer", "a new password")
    opened = Vault.unlock(tmp_path, "officer", "a new password")
    assert keys(opened) == keys(made)
    assert not opened.recovery_confirmed, "its printed key is gone"
    with pytest.raises(InputError):  # it has been read out: it opens once
        Vault.unlock_with_recovery(tmp_path, read_out)
    assert key_of_the_centre(tmp_path, centre) != read_out


def test_a_centre_with_a_new_key_gets_a_new_escrow(tmp_path: Path) -> None:
    made, _ = Vault.create(tmp_path, ACCOUNT, PASSWORD)
    old, new = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    made.entrust(old.public_key().public_bytes_raw())
    before = key_of_the_centre(tmp_path, old)
    assert made.entrust(new.public_key().public_bytes_raw())
    assert keys(Vault.unlock_with_recovery(tmp_path, key_of_the_centre(tmp_path, new))) == keys(made)
    with pytest.raises(InputError):
        Vault.unlock_with_recovery(tmp_path, before)
