"""Reading what a screen shows: many changes at once are read once more, not once each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject

from registration.errors import JilaiError
from ui.run import read_aside

if TYPE_CHECKING:
    from ui.services import Services

T = TypeVar("T")


class Newest(Generic[T]):
    """Newest(owner, services, wanted, arrived): `ask()` reads aside what `wanted()` returns a reading of.

    While a reading is under way, asking again leads to one more after it. Main thread only.
    """

    def __init__(
        self,
        owner: QObject,
        services: Services,
        wanted: Callable[[], Callable[[Any], T]],
        arrived: Callable[[T], None],
    ) -> None:
        self._owner, self._services = owner, services
        self._wanted, self._arrived = wanted, arrived
        self._under_way = self._again = False

    def ask(self) -> None:
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        read_aside(self._owner, self._services, self._wanted(), self._done, self._failed)

    def _done(self, found: T) -> None:
        self._under_way = False
        if self._again:
            self._again = False
            self.ask()
        self._arrived(found)

    def _failed(self, error: JilaiError) -> None:
        self._under_way = self._again = False
        self._services.signals.failed.emit(error.problem)
