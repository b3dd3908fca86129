"""Rights where they cannot be gone round: an operation asks for its act before it touches anything."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from registration.rights import Act, require
from storage.values import Who

P = ParamSpec("P")
R = TypeVar("R")


def needs(act: Act) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let an operation run only for a Who whose role has `act`; InputError not_allowed for others."""

    def bind(operation: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(operation)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            who = next(value for value in (*args, *kwargs.values()) if isinstance(value, Who))
            require(who.role, act)
            return operation(*args, **kwargs)

        checked.act = act  # type: ignore[attr-defined]  # the matrix in tests reads it
        return checked

    return bind
