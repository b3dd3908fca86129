"""The road to the screen in view: where Esc leads back to, and which place of the rail it belongs to."""

from __future__ import annotations

from collections.abc import Collection

_ASIDE = frozenset(
    ("receipt", "papers", "handover", "conflict", "corrections", "closing", "plans", "ready", "line", "about")
)
"""Left for where they were come to from."""


class Trail:
    """`follow(before, place)` at each turn; a place that is not aside begins a new road."""

    def __init__(self) -> None:
        self._places: list[str] = []

    def follow(self, before: str, place: str) -> None:
        """Note that the window turns from one place to another."""
        if place not in _ASIDE:
            self._places.clear()
        elif place in self._places:
            del self._places[self._places.index(place) :]
        else:
            self._places.append(before)

    def back(self) -> str:
        """Return the place that Esc leads to."""
        return self._places[-1] if self._places else "tonight"

    def root(self, place: str, rail: Collection[str]) -> str:
        """Return the place of the rail that the one in view belongs to."""
        return next((one for one in (place, *self._places) if one in rail), "tonight")
