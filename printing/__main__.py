"""Papers without a window: `python -m printing receipt FACTS.json --out FILE.pdf` and `… samples OUT_DIR`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from printing import escpos, receipt_a4, receipt_roll, samples
from registration.errors import MachineError
from registration.receipt_json import receipt_from_json


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0, or 2 where the facts cannot be read, or 1 where the paper cannot be made or written."""
    parser = argparse.ArgumentParser(prog="python -m printing", description="Render Jilai's papers.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("receipt", help="render the intake receipt of one case")
    one.add_argument("facts", type=Path, metavar="FACTS.json", help="a frozen receipt as JSON")
    one.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    one.add_argument(
        "--roll", type=int, choices=sorted(receipt_roll.PRINTABLE_MM), help="width in mm; else A4"
    )
    one.add_argument("--escpos", action="store_true", help="commands for a receipt printer; needs --roll")
    one.add_argument("--language", choices=("zh", "en"), default="zh")
    one.add_argument("--verify-url", default="", help="the centre's page for scanned receipts")
    one.add_argument("--copy", type=int, default=1, help="2 and more mark a reprint")
    every = commands.add_parser("samples", help="render every paper with invented facts")
    every.add_argument("folder", type=Path, metavar="OUT_DIR")
    options = parser.parse_args(arguments)
    if options.command == "receipt" and options.escpos and not options.roll:
        parser.error("--escpos needs --roll")
    try:
        if options.command == "samples":
            for file in samples.write_all(options.folder):
                print(file)
            return 0
        return _receipt(options)
    except (OSError, MachineError) as error:
        print(f"cannot write: {error}", file=sys.stderr)
        return 1


def _receipt(options: argparse.Namespace) -> int:
    try:
        receipt = receipt_from_json(json.loads(options.facts.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"these are not the facts of a receipt: {type(error).__name__}", file=sys.stderr)
        return 2
    if options.roll:
        paper = receipt_roll.render(
            receipt,
            width_mm=options.roll,
            language=options.language,
            verify_url=options.verify_url,
            copy_number=options.copy,
        )
        if options.escpos:
            paper = escpos.encode(paper, options.roll)
    else:
        paper = receipt_a4.render(
            receipt,
            language=options.language,
            verify_url=options.verify_url,
            copy_number=options.copy,
        )
    options.out.write_bytes(paper)
    return 0


if __name__ == "__main__":
    sys.exit(main())
