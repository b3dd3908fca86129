"""Original or copy: alone, because a receipt needs to know it and none of the rules."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """原件 or 复印件."""

    ORIGINAL = "original"
    COPY = "copy"
