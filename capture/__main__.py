"""`python -m capture inspect FILE... [--json]`: what capture makes of files, page by page."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from capture.errors import CaptureError
from capture.imaging import ImagingPool
from capture.pages import Finding, PreparedFile, PreparedPage
from capture.reading import findings_of, read_page
from capture.sources.files import read_file
from registration.wording import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns 0 when every page of every file was read, 1 when one was not (its entry has
    "error", the others come out all the same); argparse ends with 2 where the command itself is wrong."""
    parser = argparse.ArgumentParser(prog="python -m capture", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    inspect = commands.add_parser("inspect", help="find, square, judge and read the pages of files")
    inspect.add_argument("files", nargs="+", type=Path, metavar="FILE")
    inspect.add_argument("--json", action="store_true", help="print a JSON list, one object per page")
    options = parser.parse_args(arguments)
    pool = ImagingPool()
    try:
        reports = inspected(pool, options.files)
    finally:
        pool.close()
    print(json.dumps(reports, ensure_ascii=False, indent=1) if options.json else _as_text(reports))
    return 1 if any("error" in report for report in reports) else 0


def inspected(pool: ImagingPool, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """One report per page, or one with "error" for a file that gave none; in the order of the paths."""
    waiting: list[tuple[Path, Future[PreparedFile] | CaptureError]] = []
    for path in paths:
        try:
            file = read_file(path)
            waiting.append((path, pool.submit_file(file.data, file.name)))
        except CaptureError as error:
            waiting.append((path, error))
    reports: list[dict[str, Any]] = []
    for path, answer in waiting:
        try:
            if isinstance(answer, CaptureError):
                raise answer
            prepared = answer.result()
            reports.extend(_page_report(path, pool, prepared.original, page) for page in prepared.pages)
        except CaptureError as error:
            reports.append({"file": str(path), **_error(error)})
    return reports


def _page_report(path: Path, pool: ImagingPool, original: bytes, prepared: PreparedPage) -> dict[str, Any]:
    try:
        read_up = read_page(pool, original, prepared, name=path.name)
    except CaptureError as error:  # its words could not be read; where it lies and how it looks is known
        return {
            **_looks_of(path, prepared, prepared.findings),
            **_error(error),
            "seconds": dict(prepared.seconds),
        }
    page, reading = read_up.page, read_up.reading
    seconds = {**prepared.seconds, **{f"recognise_{step}": spent for step, spent in reading.seconds.items()}}
    if read_up.turned:
        seconds["turn"] = round(sum(page.seconds.values()), 6)
    return {
        **_looks_of(path, page, findings_of(page, reading)),
        "kind": reading.kind.value if reading.kind else None,
        "kind_confidence": reading.kind_confidence,
        "items": list(reading.item_codes),
        "fields": {
            name: {
                "value": list(field.value) if isinstance(field.value, tuple) else field.value,
                "confidence": field.confidence,
            }
            for name, field in reading.fields.items()
        },
        "left_out": {name: doubt.value for name, doubt in reading.left_out.items()},
        "seconds": seconds,
    }


def _looks_of(path: Path, page: PreparedPage, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "file": str(path),
        "page": page.page_index,
        "corners": [list(point) for point in page.corners],
        "rotation": page.rotation,
        "page_found": page.page_found,
        "confidence": page.confidence,
        "width": page.original_width,
        "height": page.original_height,
        "findings": [
            {
                "finding": f.kind.value,
                "severity": f.severity.value,
                "measured": round(f.measured, 4),
                "limit": f.limit,
            }
            for f in findings
        ],
    }


def _error(error: CaptureError) -> dict[str, Any]:
    words = say(error.problem, "en")
    return {"error": error.code, "title": words.title, "remedy": words.remedy}


def _as_text(reports: list[dict[str, Any]]) -> str:
    lines = []
    for report in reports:
        if "error" in report:
            lines.append(f"{report['file']}: {report['error']}: {report['title']}")
            continue
        findings = ", ".join(f"{q['finding']} ({q['severity']})" for q in report["findings"]) or "good"
        spent = sum(report["seconds"].values())
        place = "found" if report["page_found"] else "not found"
        lines.append(
            f"{report['file']} page {report['page'] + 1}: {place}, {report['kind'] or 'unknown kind'}, "
            f"{len(report['fields'])} fields, {findings}, {spent * 1000:.0f} ms"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
