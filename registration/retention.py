"""How long a window keeps untouched originals of pages after the centre has acknowledged them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True)
class RetentionRule:
    """`originals_days` full days after the acknowledgement; the improved copy of a page stays."""

    version: str
    source: str
    originals_days: int


@lru_cache(maxsize=1)
def retention_rule() -> RetentionRule:
    """Return the rule of the pack that came with the program."""
    text = resources.files("registration.reference").joinpath("retention.json").read_text("utf-8")
    body = json.loads(text)
    return RetentionRule(str(body["version"]), str(body["source"]), int(body["originals_days"]))
