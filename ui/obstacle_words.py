"""What stops a household, in the language of the window: the department that owns it and its category."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from registration.packs import CATEGORIES, DEPARTMENTS, PackSet, shipped
from registration.standing import Obstacle
from ui.messages import language


def obstacle_words(obstacle: Obstacle) -> str:
    """Return department and category; a code that the packs do not know stands as it is."""
    return " · ".join(filter(None, (department_words(obstacle.department), _category(obstacle.category))))


def department_words(code: str) -> str:
    return _name(_shipped()[DEPARTMENTS]["departments"].get(code, {}), code)


def _category(code: str) -> str:
    return _name(_shipped()[CATEGORIES]["categories"].get(code, {}), code)


def _name(entry: Any, code: str) -> str:
    return str(entry.get(language(), "") or code)


@lru_cache(maxsize=1)
def _shipped() -> PackSet:
    return shipped()
