"""One application: the door to its facts, its states, its JSON and what still stands in its way."""

from __future__ import annotations

from registration.application_json import application_from_json, application_to_json
from registration.application_value import Application, PageRef
from registration.missing import board_of, what_is_missing
from registration.states import CaseState, Delivery, may_become

__all__ = [
    "Application",
    "CaseState",
    "Delivery",
    "PageRef",
    "application_from_json",
    "application_to_json",
    "board_of",
    "may_become",
    "what_is_missing",
]
