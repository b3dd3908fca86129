"""What an applicant is told about the data that is taken (告知), in the version that was told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True)
class PrivacyNotice:
    """`digest` is lower-case SHA-256 hex of the Chinese text in UTF-8: what was told, word for word."""

    version: str
    source: str
    zh: str
    en: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.zh.encode()).hexdigest()


@lru_cache(maxsize=1)
def privacy_notice() -> PrivacyNotice:
    """Return the notice that came with the program."""
    text = resources.files("registration.reference").joinpath("privacy_notice.json").read_text("utf-8")
    body = json.loads(text)
    return PrivacyNotice(str(body["version"]), str(body["source"]), str(body["zh"]), str(body["en"]))
