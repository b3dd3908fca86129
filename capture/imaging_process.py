"""The imaging process: reads strangers' bytes under limits, holds no keys, speaks only to its parent."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import IO, Any

import cv2

from capture.child_limits import limit_resources, private_pipes
from capture.compose import card_copy, joined, watermarked
from capture.decode import Document, open_document
from capture.encode import page_jpeg
from capture.errors import CaptureCode, ImagingFaultError
from capture.imaging_wire import BrokenFrameError, corners_from, page_head, read_frame, write_frame
from capture.live_look import look, look_head
from capture.pages import PreparedPage
from capture.prepare import Stopwatch, prepare, preview, recrop, rehearse


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    jobs, answers = private_pipes()
    cv2.setNumThreads(1)  # the pool's size is the parallelism; and threads' stacks would eat into the limit
    rehearse()
    limit_resources()
    write_frame(answers, {"kind": "ready"})
    while True:
        try:
            head, blobs = read_frame(jobs)
            _serve(head, blobs, answers)
        except (BrokenFrameError, OSError):
            return  # the parent is gone, and with it everyone who could want a page


def _serve(head: dict[str, Any], blobs: list[bytes], answers: IO[bytes]) -> None:
    try:
        _do(head, blobs[0], blobs[1:], answers)
    except ImagingFaultError as fault:
        write_frame(answers, {"kind": "error", "code": fault.code.value})
    except Exception as error:
        spent = isinstance(error, MemoryError) or _is_out_of_memory(error)
        if not spent:
            raise  # our own bug: better a death that the parent sees than an answer that hides it
        write_frame(answers, {"kind": "error", "code": CaptureCode.IMAGING_OUT_OF_MEMORY.value})


def _is_out_of_memory(error: Exception) -> bool:
    return isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem


def _do(head: dict[str, Any], data: bytes, more: list[bytes], answers: IO[bytes]) -> None:
    watch = Stopwatch()
    document = watch.run("open", lambda: open_document(data))
    job = head["job"]
    if job in ("file", "inspect"):
        write_frame(
            answers, {"kind": "opened", "file_kind": document.kind.value, "pages": document.page_count}
        )
    if job == "file":
        first = int(head["first_page"])
        last = min(document.page_count, first + int(head["pages_at_once"]))
        for index in range(first, last):
            raster = watch.run("decode", partial(document.page, index))
            _send(prepare(raster, index, watch), answers)
            watch = Stopwatch()
        if last < document.page_count:
            write_frame(answers, {"kind": "rest"})
            return
    elif job == "inspect":
        watch.run("decode", lambda: document.page(0))  # what opens and shows nothing is no file to keep
    elif job in ("card_copy", "join", "watermark"):
        write_frame(answers, {"kind": "picture"}, [_composed(head, [data, *more])])
    elif job == "look":
        write_frame(answers, look_head(look(document.page(0).picture)))
    else:
        index = _checked(int(head["page_index"]), document)
        raster = watch.run("decode", lambda: document.page(index))
        if job == "recrop":
            _send(recrop(raster, index, corners_from(head["corners"]), int(head["rotation"]), watch), answers)
        else:
            write_frame(answers, {"kind": "picture"}, [preview(raster, int(head["max_side"]))])
    write_frame(answers, {"kind": "done"})


def _composed(head: dict[str, Any], blobs: list[bytes]) -> bytes:
    pictures = [open_document(blob).page(0).picture for blob in blobs]
    together = {"card_copy": card_copy, "join": joined}.get(head["job"])
    page = together(pictures[0], pictures[1]) if together is not None else pictures[0]
    if head["words"]:
        page = watermarked(page, str(head["words"]), Path(head["font"]))
    return page_jpeg(page)


def _checked(index: int, document: Document) -> int:
    if not 0 <= index < document.page_count:
        raise ImagingFaultError(CaptureCode.TRUNCATED_IMAGE)
    return index


def _send(page: PreparedPage, answers: IO[bytes]) -> None:
    write_frame(answers, page_head(page), [page.improved_jpeg, page.thumbnail_jpeg])


if __name__ == "__main__":
    main()
