"""Papers without a window: `python -m printing receipt FACTS.json --out FILE.pdf` and `… samples OUT_DIR`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from printing import escpos, packs, receipt_a4, receipt_roll, samples
from printing.receipt_words import qr_text
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
    one.add_argument("--own-code", action="store_true", help="with --escpos: the printer draws the QR code")
    one.add_argument("--language", choices=("zh", "en"), default="zh")
    one.add_argument("--verify-url", default="", help="the centre's page for scanned receipts")
    one.add_argument("--copy", type=int, default=1, help="2 and more mark a reprint")
    one.add_argument("--by", default="", help="who reprinted it")
    one.add_argument("--second", default="", choices=("", *_second_codes()), help="labels beside the Chinese")
    one.add_argument("--voided", default="", metavar="REASON", help="mark the receipt as void")
    every = commands.add_parser("samples", help="render every paper with invented facts")
    every.add_argument("folder", type=Path, metavar="OUT_DIR")
    options = parser.parse_args(arguments)
    if options.command == "receipt" and options.escpos and not options.roll:
        parser.error("--escpos needs --roll")
    if options.command == "receipt" and options.own_code and not options.escpos:
        parser.error("--own-code needs --escpos")
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
    said = {
        "language": options.language,
        "verify_url": options.verify_url,
        "copy_number": options.copy,
        "reprinted_by": options.by,
        "second": options.second,
        "voided": options.voided,
    }
    if options.roll:
        follows = bool(options.own_code and receipt.token and not options.voided)
        paper = receipt_roll.render(receipt, width_mm=options.roll, code_follows=follows, **said)
        if options.escpos:
            code = qr_text(receipt, options.verify_url) if follows else ""
            paper = escpos.encode(paper, options.roll, code=code)
    else:
        paper = receipt_a4.render(receipt, **said)
    options.out.write_bytes(paper)
    return 0


def _second_codes() -> list[str]:
    return [code for code, _, _ in packs.second_languages()]


if __name__ == "__main__":
    sys.exit(main())
