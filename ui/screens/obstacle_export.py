"""What the ledger lists, written into a table: places and tasks, nobody's name; audited before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registration.changes import Changes
from registration.identifiers import mask_numbers
from storage import obstacles
from storage.obstacles import LedgerRow, Wanted
from ui.run import aside, run
from ui.screens.obstacle_side import ObstacleSide
from ui.screens.paper_saving import write_whole
from ui.services import Services


def write_table(
    side: ObstacleSide,
    services: Services,
    name: str,
    title: str,
    wanted: Wanted,
    count: int,
    heads: Sequence[str],
    texts: Callable[[LedgerRow], Sequence[str]],
) -> None:
    """Write `count` lines of what is wanted into the file `name`; `side` says what came of it.

    `texts` gives the first cells of a line, case number and note follow; identity and phone numbers that
    somebody wrote into a note are masked.
    """
    who, now = services.who, services.clock()

    def write() -> int:
        from capture.spreadsheet_writing import table_file

        rows = services.store.read(lambda db: obstacles.listed(db, wanted, now.date(), limit=count))
        lines = [(*texts(row), row.what.court_number, mask_numbers(row.what.note)) for row in rows]
        write_whole(name, table_file(title, heads, lines, (34, 40, 26, 14, 26, 50)))
        return len(lines)

    def audited(_: Changes) -> None:
        aside(side, services.signals, write, side.say_written, side.problem.show_problem)

    run(
        side,
        services,
        lambda db: obstacles.note_export(db, who, now, department=wanted.department, lines=count),
        audited,
        side.problem.show_problem,
    )
