"""The words in which a window says what a scanned token proves."""

from __future__ import annotations

import base64

from printing import samples
from printing.verification import trusted, verification_report

ENTRIES = {
    name: {
        "public_key": base64.urlsafe_b64encode(key.public_key).rstrip(b"=").decode(),
        "device_code": key.device_code,
        "status": key.status,
    }
    for name, key in samples.TRUST.items()
}
TOKEN = samples.ordinary().token


def test_the_trust_file_is_read_as_the_verifier_takes_it():
    assert trusted(ENTRIES) == samples.TRUST


def test_a_genuine_token_is_told_with_its_facts():
    good, text = verification_report(f"{samples.VERIFY_URL}#{TOKEN}", ENTRIES, "zh")
    assert good
    for fact in ("凭证有效", samples.ordinary().number, "2026-11-07 19:36:12+08:00", "A03"):
        assert fact in text
    assert samples.ordinary().applicant not in text


def test_a_changed_and_a_revoked_one_are_told_in_the_language_of_the_window():
    good, text = verification_report(TOKEN[:-9] + "A" * 9, ENTRIES, "en")
    assert not good
    assert "does not match its signature" in text or "Not a Jilai receipt token" in text
    revoked = {name: {**entry, "status": "revoked"} for name, entry in ENTRIES.items()}
    good, text = verification_report(TOKEN, revoked, "zh")
    assert not good
    assert "停用" in text
