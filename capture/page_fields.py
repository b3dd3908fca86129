"""Collects the fields of a page: each passes its own check or is left out with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from capture.field_checks import DoubtError
from capture.recognition import Doubt, FieldReading, FieldValue
from capture.sheet import Found
from registration.identifiers import IdNumber

T = TypeVar("T")


@dataclass(slots=True)
class PageFields:
    """The fields that held, those that did not and why, and the numbers of the lines that they stand on."""

    held: dict[str, FieldReading] = field(default_factory=dict)
    left_out: dict[str, Doubt] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    def take(self, name: str, found: Found | None, check: Callable[[Found], T]) -> T | None:
        """Check what was found for a field and keep it; returns its value, None if none is to be believed."""
        if found is None:
            return None
        self.lines |= found.lines
        try:
            value = check(found)
        except DoubtError as error:
            self.left_out[name] = error.doubt
            return None
        self.keep(name, value, found)
        return value

    def keep(self, name: str, value: object, found: Found) -> None:
        """Keep a value that was checked already, with the certainty and the place of its source."""
        self.held[name] = FieldReading(_plain(value), round(found.confidence, 4), found.box)
        self.left_out.pop(name, None)

    def refuse(self, doubt: Doubt, *names: str) -> None:
        """Leave out fields that held by themselves and do not go together."""
        for name in names:
            if self.held.pop(name, None) is not None:
                self.left_out[name] = doubt


def _plain(value: object) -> FieldValue:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, IdNumber):
        return value.text
    if isinstance(value, (list, tuple)):
        return tuple(str(part) for part in value)
    if isinstance(value, (str, int, float)):
        return value
    raise TypeError(type(value).__name__)
