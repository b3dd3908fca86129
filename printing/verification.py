"""What a receipt's token proves, said in words, without a network and without opening the vault."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from printing.signed_token import TrustedKey, verify
from registration.errors import JilaiError
from registration.wording import say

_LABELS = {
    "zh": ("凭证有效", "收件编号", "收件时间", "材料摘要", "打印次数", "签发设备"),
    "en": (
        "The receipt is genuine",
        "Receipt number",
        "Received at",
        "Materials digest",
        "Print",
        "Issued by",
    ),
}


def trusted(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, TrustedKey]:
    """Return the keys of trust.json (key id -> its entry) as the verifier takes them."""
    return {
        key: TrustedKey(
            base64.urlsafe_b64decode(entry["public_key"] + "=" * (-len(entry["public_key"]) % 4)),
            entry["device_code"],
            entry["status"],
        )
        for key, entry in entries.items()
    }


def verification_report(
    token: str, entries: Mapping[str, Mapping[str, Any]], language: str
) -> tuple[bool, str]:
    """Return whether the token verifies, and what to tell the person who asked."""
    try:
        facts = verify(token, trusted(entries))
    except JilaiError as error:
        words = say(error.problem, language)
        return False, f"{words.title}\n{words.what}\n{words.remedy}"
    title, number, time, digest, count, device = _LABELS["en" if language == "en" else "zh"]
    rows = (
        (number, facts.number),
        (time, facts.received_at.isoformat(sep=" ", timespec="seconds")),
        (digest, facts.digest_start),
        (count, str(facts.print_count)),
        (device, f"{facts.device_code} ({facts.key_id})"),
    )
    return True, "\n".join([title, *(f"{label}: {value}" for label, value in rows)])
