"""A token proves a receipt offline; nothing that differs from what was signed is believed."""

from __future__ import annotations

import base64
import dataclasses
import re
import string
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from printing import samples
from printing.signed_token import Kind, TrustedKey, key_id, sign_receipt, verify
from registration.errors import InputError
from sync import contract

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
TRUST = {key_id(PUBLIC): TrustedKey(PUBLIC, "A03", "active")}
RECEIPT = samples.ordinary()
TOKEN = sign_receipt(RECEIPT, KEY)


def refusal(text: str, trust=TRUST) -> str:
    with pytest.raises(InputError) as caught:
        verify(text, trust)
    return caught.value.code


def decoded(token: str) -> bytes:
    return base64.b32decode(token + "=" * (-len(token) % 8))


def encoded(raw: bytes) -> str:
    return base64.b32encode(raw).rstrip(b"=").decode()


def test_a_token_says_what_was_signed():
    facts = verify(sign_receipt(RECEIPT, KEY, print_count=3), TRUST)
    assert facts.kind is Kind.INTAKE_RECEIPT
    assert facts.number == RECEIPT.number
    assert facts.received_at == RECEIPT.received_at.replace(microsecond=0)
    assert facts.received_at.utcoffset() == timedelta(hours=8)
    assert RECEIPT.materials_digest.startswith(facts.digest_start)
    assert len(facts.digest_start) == 32
    assert facts.print_count == 3
    assert facts.device_code == "A03"
    assert facts.speaks_of(RECEIPT)


def test_a_token_does_not_speak_of_another_case_or_of_changed_materials():
    facts = verify(TOKEN, TRUST)
    assert not facts.speaks_of(dataclasses.replace(RECEIPT, number="620102-A03-261107-0041"))
    assert not facts.speaks_of(dataclasses.replace(RECEIPT, materials_digest="0" * 64))


def test_the_address_of_the_centre_may_stand_before_the_token():
    assert verify(f"https://bdc.example.cn/v#{TOKEN}", TRUST).number == RECEIPT.number
    assert verify(f"  {TOKEN}\n", TRUST).number == RECEIPT.number


def test_a_token_fits_the_alphanumeric_mode_and_holds_nothing_personal():
    assert re.fullmatch(r"[A-Z2-7]{1,200}", TOKEN)
    raw = decoded(TOKEN)
    for personal in (RECEIPT.applicant, RECEIPT.id_tail, RECEIPT.phone_tail, RECEIPT.property_label):
        assert personal.encode() not in raw


def test_every_single_flipped_bit_of_the_content_is_refused():
    raw = decoded(TOKEN)
    for bit in range(8 * len(raw)):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        assert refusal(encoded(bytes(changed))).startswith("token_")


def test_every_single_flipped_bit_of_the_text_is_refused():
    for bit in range(8 * len(TOKEN)):
        changed = bytearray(TOKEN.encode())
        changed[bit // 8] ^= 1 << bit % 8
        assert refusal(changed.decode("latin-1")).startswith("token_")


@pytest.mark.parametrize(
    "text", ["", "#", "hello", "7" * 180, TOKEN[:-1], TOKEN + "A", TOKEN.lower(), "收" * 90]
)
def test_what_is_not_a_token_is_called_malformed(text):
    assert refusal(text) == "token_malformed"


@given(st.text(max_size=300))
def test_no_scanned_text_does_anything_but_refuse(text):
    assert refusal(text).startswith("token_")


@given(st.binary(min_size=90, max_size=140))
def test_no_bytes_in_the_shape_of_a_token_do_anything_but_refuse(raw):
    assert refusal(encoded(raw)).startswith("token_")


def test_a_signature_of_another_device_is_forged():
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    ours = decoded(TOKEN)
    theirs = decoded(sign_receipt(RECEIPT, other))
    assert refusal(encoded(ours[:-64] + theirs[-64:])) == "token_forged"


def test_a_signature_made_for_something_else_is_forged():
    body = decoded(TOKEN)[:-64]
    assert refusal(encoded(body + KEY.sign(body))) == "token_forged"


def test_a_device_that_is_not_known_here_and_one_that_is_revoked_are_told_apart():
    assert refusal(TOKEN, {}) == "token_unknown_key"
    revoked = {key_id(PUBLIC): TrustedKey(PUBLIC, "A03", "revoked")}
    assert refusal(TOKEN, revoked) == "token_revoked"


def test_a_key_filed_under_another_keys_name_is_not_trusted():
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert refusal(TOKEN, {key_id(PUBLIC): TrustedKey(other, "A03", "active")}) == "token_unknown_key"


def test_the_name_of_a_key_is_the_one_on_the_wire():
    assert key_id(PUBLIC) == contract.key_id(PUBLIC)


@given(
    number=st.text(string.digits + string.ascii_uppercase + "-", min_size=1, max_size=40),
    seconds=st.integers(0, 2**33),
    quarters=st.integers(-56, 56),
    count=st.integers(1, 300),
)
def test_any_number_time_and_count_comes_back(number, seconds, quarters, count):
    zone = timezone(timedelta(minutes=15 * quarters))
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    receipt = dataclasses.replace(RECEIPT, number=number, received_at=moment)
    facts = verify(sign_receipt(receipt, KEY, print_count=count), TRUST)
    assert (facts.number, facts.received_at, facts.print_count) == (number, moment, min(count, 255))


def test_a_number_that_cannot_be_packed_is_not_signed():
    for number in ("", "x" * 3, "A" * 41):
        with pytest.raises(ValueError):
            sign_receipt(dataclasses.replace(RECEIPT, number=number), KEY)
