"""Both suites meet the published test vectors, and refuse what was changed."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.crypto import SUITES, Broken, Cost, Suite, suite_of
from storage.crypto.suite import argon2id

AES, SM = suite_of(1), suite_of(2)
EACH = pytest.mark.parametrize("suite", list(SUITES.values()), ids=lambda suite: suite.name)


def hexed(text: str) -> bytes:
    return bytes.fromhex("".join(text.split()))


def test_aes_256_gcm_meets_the_vector_of_its_authors() -> None:
    """McGrew and Viega, The Galois/Counter Mode of Operation, test case 16."""
    key = hexed("feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308")
    nonce, bound = hexed("cafebabefacedbaddecaf888"), hexed("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = hexed(
        "d9313225f88406e5a55909c5aff5269a 86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525 b16aedf5aa0de657ba637b39"
    )
    sealed = hexed(
        "522dc1f099567d07f47f37a32a84427d 643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838 c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert AES.seal(key, nonce, plain, bound) == sealed
    assert AES.unseal(key, nonce, sealed, bound) == plain


def test_sm4_gcm_meets_rfc_8998() -> None:
    """RFC 8998, appendix A.1."""
    key = hexed("0123456789ABCDEFFEDCBA9876543210") + b"\0" * 16
    nonce, bound = hexed("00001234567800000000ABCD"), hexed("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = hexed(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBB CCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFF EEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    sealed = hexed(
        "17F399F08C67D5EE19D0DC9969C4BB7D 5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15 A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert SM.seal(key, nonce, plain, bound) == sealed
    assert SM.unseal(key, nonce, sealed, bound) == plain


@pytest.mark.parametrize(
    ("suite", "data", "digest"),
    [
        (AES, b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),  # FIPS 180-4
        (SM, b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),  # GB/T 32905 A.1
        (SM, b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),  # A.2
    ],
    ids=["SHA-256", "SM3 A.1", "SM3 A.2"],
)
def test_the_digests_meet_their_standards(suite: Suite, data: bytes, digest: str) -> None:
    assert suite.digest(data).hex() == digest


def test_hmac_and_hkdf_of_suite_1_meet_their_rfcs() -> None:
    """RFC 4231 case 2; RFC 5869 case 1, whose first 32 bytes are the key."""
    assert AES.keyed_digest(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    derived = AES.derive(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)))
    assert derived.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_argon2id_meets_the_reference_implementation() -> None:
    """phc-winner-argon2, test.c, Argon2id version 0x13: t=2, m=64 MiB and 256 KiB, one lane."""
    for memory, expected in (
        (1 << 16, "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"),
        (1 << 8, "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"),
    ):
        assert argon2id(b"password", b"somesalt", Cost(memory, 2, 1)).hex() == expected


def test_ed25519_meets_rfc_8032() -> None:
    """RFC 8032, 7.1, test 2: both suites sign with it."""
    key = Ed25519PrivateKey.from_private_bytes(
        hexed("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    )
    assert key.sign(hexed("72")).hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


@EACH
def test_what_was_changed_anywhere_is_broken(suite: Suite) -> None:
    key, nonce, plain = bytes(range(32)), bytes(12), b"eleven bytes"
    sealed = suite.seal(key, nonce, plain, b"page")
    for at in range(len(sealed)):
        torn = bytearray(sealed)
        torn[at] ^= 1
        with pytest.raises(Broken):
            suite.unseal(key, nonce, bytes(torn), b"page")
    for other in (
        (bytes(32), nonce, sealed, b"page"),
        (key, b"\1" * 12, sealed, b"page"),
        (key, nonce, sealed, b"another page"),
        (key, nonce, sealed[:-1], b"page"),
        (key, nonce, b"", b"page"),
    ):
        with pytest.raises(Broken):
            suite.unseal(*other)


@EACH
def test_each_purpose_and_each_salt_has_its_own_key(suite: Suite) -> None:
    secret = bytes(32)
    made = {suite.derive(secret, salt, purpose) for salt in (b"a", b"b") for purpose in (b"c", b"d")}
    assert len(made) == 4 and {len(key) for key in made} == {32}


def test_the_suites_have_nothing_in_common_but_the_cost_of_a_guess() -> None:
    key, nonce = bytes(range(32)), bytes(12)
    assert AES.seal(key, nonce, b"x", b"") != SM.seal(key, nonce, b"x", b"")
    assert AES.keyed_digest(key, b"x") != SM.keyed_digest(key, b"x")
    assert AES.derive(key, b"", b"x") != SM.derive(key, b"", b"x")
    cost = Cost(64, 1, 1)
    assert AES.stretch(b"p", b"eight by", cost) == SM.stretch(b"p", b"eight by", cost)
