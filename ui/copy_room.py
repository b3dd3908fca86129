"""Where the second copy and the backups are made while the window is open, one piece of work at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from registration.errors import JilaiError, MachineError, Problem

if TYPE_CHECKING:
    from storage.backups import Backup
    from storage.database import Store
    from storage.pages import PageFiles
    from storage.second_copy import SecondCopy
    from storage.second_copy_proof import CopyProof
    from storage.values import Who

_log = logging.getLogger(__name__)

Progress = Callable[[int, int], bool]  # done, in all; False stops
_LONG = 8 << 20  # bytes: a run that has more to copy shows how far it has come


class CopyState(StrEnum):
    """How the second copy stands."""

    NONE = "none"  # no folder was chosen
    WAITING = "waiting"  # not looked at yet since the start
    COPYING = "copying"  # and it takes a while: `done` and `whole` say how far
    GOOD = "good"
    STOPPED = "stopped"  # a person stopped a long run
    TROUBLE = "trouble"


@dataclass(frozen=True)
class CopyStatus:
    """The second copy as the screens show it. `done` and `whole` in bytes."""

    state: CopyState = CopyState.NONE
    folder: Path | None = None
    problem: Problem | None = None
    done: int = 0
    whole: int = 0
    good_at: datetime | None = field(default=None, compare=False)


class CopyRoom:
    """Keeps the copy up; all but `status`, `stop` and `close` block: not for the main thread."""

    def __init__(
        self,
        store: Store,
        pages: PageFiles,
        data_dir: Path,
        clock: Callable[[], datetime],
        announce: Callable[[CopyStatus], None],
        news: Sequence[Problem] = (),
    ) -> None:
        self._store, self._pages, self._data_dir = store, pages, data_dir
        self._clock, self._announce = clock, announce
        self._at_work = threading.Lock()
        self._copy: SecondCopy | None = None
        self._status = CopyStatus()
        self._stopping = self._closing = False
        self._news: Sequence[Problem] = news

    @property
    def status(self) -> CopyStatus:
        return self._status

    def take_news(self) -> Sequence[Problem]:
        """Return, once, what the window has to tell about how the database was opened."""
        news, self._news = self._news, ()
        return news

    def choose(self, who: Who, folder: Path | None) -> None:
        """Have the copy in another folder, begun there at once, or none any more.

        Raises MachineError copy_foreign, copy_gone, copy_full, copy_read_only, copy_inside.
        """
        from storage.copying import note_copy_folder, set_copy_folder
        from storage.failures import of_system
        from storage.second_copy import SecondCopy

        self._stopping = True  # what is under way in the old folder
        with self._at_work:
            self._stopping = False
            try:
                new = SecondCopy(self._store, self._pages, self._data_dir, folder) if folder else None
            except ValueError:
                raise MachineError("copy_inside") from None
            if new is not None:
                new.begin()
            self._let_go()
            now = self._clock()
            self._store.write(lambda db: set_copy_folder(db, now, who, folder)).result()
            try:
                note_copy_folder(self._data_dir, folder)
            except OSError as error:
                raise of_system(error) from error
            self._copy = new
            self._say(CopyStatus(CopyState.WAITING if folder else CopyState.NONE, folder))
        if folder is not None:
            self.keep_up()

    def keep_up(self, *, asked: bool = False) -> Sequence[Problem]:
        """Bring the copy up to this moment; return what a person has to hear for the first time.

        What a person stopped goes on only when it is `asked` for.
        """
        with self._at_work:
            if self._closing or (self._status.state is CopyState.STOPPED and not asked):
                return []
            self._stopping = False
            return self._keep_up()

    def stop(self) -> None:
        """Have a long run stop; the next one goes on where it was."""
        self._stopping = True

    def close(self) -> None:
        """Have what is under way stop, and nothing long begin; `finish` comes later."""
        self._closing = self._stopping = True

    def finish(self) -> None:
        """Give a copy that is up to date the last of the evening; the log may be folded afterwards."""
        with self._at_work:
            if self._copy is None:
                return
            try:
                if self._status.state is CopyState.GOOD:
                    self._copy.bring_up(self._clock(), lambda _done, whole: whole < _LONG)
                self._let_go()
            except JilaiError as error:
                _log.warning("the copy was not brought up at the end: %s", error.code)

    def verify(self, progress: Progress) -> CopyProof | None:
        """Read all of the copy and write anew what was bad; None where `progress` or `close` stopped it.

        Raises MachineError copy_gone.
        """
        from storage.second_copy_proof import prove_copy

        with self._at_work:
            folder = self._status.folder
            if folder is None:
                raise MachineError("copy_gone")
            proof = prove_copy(
                self._store,
                self._pages,
                folder,
                lambda done, whole: progress(done, whole) and not self._closing,
            )
            if proof is not None and proof.bad:
                self._let_go()
                self._keep_up()
            return proof

    def sweep(self) -> Sequence[Problem]:
        """Take out of the copy what was destroyed here; a copy that is not there is left for later."""
        with self._at_work:
            if self._copy is not None and self._status.state is CopyState.GOOD and not self._closing:
                _log.info("page files swept from the copy: %d", self._copy.sweep())
            return []

    def back_up(self) -> Backup | None:
        """Make a rolling backup now; None where the disk has no room for one. Raises MachineError."""
        from storage.backups import make_backup

        with self._at_work:
            return make_backup(self._store, self._data_dir / "backups", self._clock())

    def _keep_up(self) -> Sequence[Problem]:
        from storage.copying import copy_folder
        from storage.repair import note_damage
        from storage.second_copy import SecondCopy

        before = self._status.problem
        if self._copy is None:
            folder = self._store.read(copy_folder)
            if folder is None:
                return []
            self._copy = SecondCopy(self._store, self._pages, self._data_dir, folder)
        status = CopyStatus(CopyState.GOOD, self._copy.folder, good_at=self._status.good_at)
        now = self._clock()
        try:
            report = self._copy.bring_up(now, self._came)
        except JilaiError as error:
            if error.code == "database_torn":
                note_damage(self._data_dir)
            self._say(replace(status, state=CopyState.TROUBLE, problem=error.problem))
            return [error.problem] if error.problem != before else []
        if report is None:
            self._say(replace(status, state=CopyState.STOPPED))
        else:
            self._say(replace(status, good_at=now))
        return []

    def _came(self, done: int, whole: int) -> bool:
        if whole > _LONG and self._copy is not None:
            self._say(CopyStatus(CopyState.COPYING, self._copy.folder, None, done, whole))
        return not self._stopping

    def _let_go(self) -> None:
        if self._copy is not None:
            self._copy.release()
        self._copy = None

    def _say(self, status: CopyStatus) -> None:
        if status != self._status or status.good_at != self._status.good_at:
            self._status = status
            self._announce(status)
