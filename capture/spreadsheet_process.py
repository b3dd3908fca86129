"""The spreadsheet process: opens a stranger's sheet under limits, holds no keys, knows only its parent."""

from __future__ import annotations

import json
from typing import IO

from capture.child_limits import limit_resources, private_pipes
from capture.errors import SheetCode
from capture.imaging_wire import BrokenFrameError, read_frame, write_frame
from capture.spreadsheet_reading import Cells, SheetFaultError, read_cells


def main() -> None:
    """Read sheets until the parent closes the pipe."""
    jobs, answers = private_pipes()
    limit_resources()
    write_frame(answers, {"kind": "ready"})
    while True:
        try:
            _, blobs = read_frame(jobs)
            _serve(blobs[0], answers)
        except (BrokenFrameError, OSError):
            return  # the parent is gone


def _serve(data: bytes, answers: IO[bytes]) -> None:
    try:
        cells = read_cells(data)
        packed = _packed(cells)
    except SheetFaultError as fault:
        write_frame(answers, {"kind": "error", "code": fault.code.value})
    except MemoryError:
        write_frame(answers, {"kind": "error", "code": SheetCode.TOO_LARGE.value})
    else:
        write_frame(answers, {"kind": "sheet"}, [packed])


def _packed(cells: Cells) -> bytes:
    faults = [[line, column, code.value] for (line, column), code in cells.faults.items()]
    return json.dumps({"lines": cells.lines, "rows": cells.rows, "faults": faults}).encode("ascii")


if __name__ == "__main__":
    main()
