"""The recognition process: reads words off pages under limits, holds no keys, speaks only to its parent."""

from __future__ import annotations

import os
from datetime import date
from typing import IO, Any

import cv2
import numpy as np

from capture.child_limits import limit_resources, private_pipes, resident, step_aside
from capture.errors import CaptureCode, ImagingFaultError
from capture.imaging_wire import BrokenFrameError, read_frame, write_frame
from capture.prepare import Stopwatch
from capture.recognise import recognise
from capture.recognition import PageKind
from capture.recognition_wire import recognition_head
from capture.text_reader import TextReader

MOST_THREADS = 4


def main() -> None:
    """Load the models, then serve pages until the parent closes the pipe."""
    jobs, answers = private_pipes()
    step_aside()
    cv2.setNumThreads(1)
    reader = TextReader(threads=min(MOST_THREADS, os.cpu_count() or 1))
    _rehearse(reader)
    limit_resources(loaded=resident())
    write_frame(answers, {"kind": "ready"})
    while True:
        try:
            head, blobs = read_frame(jobs)
            _serve(head, blobs, reader, answers)
        except (BrokenFrameError, OSError):
            return  # the parent is gone


def _rehearse(reader: TextReader) -> None:
    """Read a made-up page once, so that the first real one finds the models warm and their memory taken."""
    page = np.full((960, 680, 3), 245, np.uint8)
    for row in range(100, 900, 60):
        cv2.putText(page, "0123456789 0123456789", (40, row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (30, 30, 30), 2)
    reader.read(page, card=False)


def _serve(head: dict[str, Any], blobs: list[bytes], reader: TextReader, answers: IO[bytes]) -> None:
    try:
        expected = [PageKind(kind) for kind in head["expected"]]
        read = recognise(blobs[0], expected, reader, date.fromisoformat(head["today"]), Stopwatch())
        write_frame(answers, recognition_head(read))
    except ImagingFaultError as fault:
        write_frame(answers, {"kind": "error", "code": fault.code.value})
    except MemoryError:
        write_frame(answers, {"kind": "error", "code": CaptureCode.IMAGING_OUT_OF_MEMORY.value})


if __name__ == "__main__":
    main()
