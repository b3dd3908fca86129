"""The command line of the window."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; `python main.py` alone opens the window."""
    parser = argparse.ArgumentParser(prog="jilai", description="Jilai 即来: the pop-up registration window")
    parser.add_argument("--data-dir", type=Path, help="where this window keeps everything")
    parser.add_argument("--centre", default="", metavar="URL", help="the central server")
    parser.add_argument(
        "--enrol", default="", metavar="CODE", help="a one-time enrolment code of that centre"
    )
    parser.add_argument("--lang", choices=("zh", "en"), help="the window's language, kept for next time")
    parser.add_argument(
        "--suite", type=int, choices=(1, 2), default=1, help="ciphers of a new vault: 1 AES, 2 SM4 and SM3"
    )
    commands = parser.add_subparsers(dest="command")
    verify = commands.add_parser("verify-receipt", help="check a receipt's token without a network")
    verify.add_argument("token")
    verify.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS)
    verify.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
    back = commands.add_parser("roll-back", help="return to the data of before the last update")
    back.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS)
    back.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
    audit = commands.add_parser("audit", help="verify the audit log, or write it out")
    deeds = audit.add_subparsers(dest="deed", required=True)
    for deed, words in (("verify", "is every row as it was written?"), ("export", "JSON lines, signed")):
        one = deeds.add_parser(deed, help=words)
        one.add_argument("--account", required=True, help="an operator's; the password is asked for")
        one.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS)
        one.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
        if deed == "export":
            one.add_argument("--out", type=Path, required=True, metavar="FILE")
    found = parser.parse_args(argv)
    if found.data_dir is None:
        from platformdirs import user_data_path

        found.data_dir = user_data_path("jilai", appauthor=False)
    found.data_dir = found.data_dir.expanduser().absolute()
    return found
