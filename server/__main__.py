"""`python -m server serve|demo|admin`: the central server's one door."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from server.config import Settings
from server.errors import UnusableError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="The Jilai centre.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind, words in (
        ("serve", "run a centre"),
        ("demo", "run a centre with invented data and an automatic reviewer"),
    ):
        command = kinds.add_parser(kind, help=words)
        _common(command)
        command.add_argument("--host", default="127.0.0.1")
        command.add_argument("--port", type=int, default=0 if kind == "demo" else 8460)
        command.add_argument("--ready-file", type=Path, help="written with one JSON line when it answers")
        command.add_argument(
            "--exit-with-parent", action="store_true", help="stop when standard input closes"
        )
        command.add_argument("--workers", type=int, default=1, metavar="N", help="processes that answer")
        command.add_argument("--tls-certificate", type=Path)
        command.add_argument("--tls-key", type=Path)
        if kind == "demo":
            command.add_argument("--accept-after", type=float, default=3.0, metavar="SECONDS")
    kinds.add_parser("openapi", help="print the description of the wire, as docs/openapi.json keeps it")
    kinds.add_parser("worker")  # one of a crew, started by `serve --workers` alone
    admin = kinds.add_parser("admin", help="enrolment codes, people, decisions")
    _common(admin)
    admin.add_argument("words", nargs=argparse.REMAINDER, metavar="command")
    return parser


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data-dir", type=Path, required=True)
    command.add_argument("--database-url", default=os.environ.get("JILAI_DATABASE_URL"))
    command.add_argument(
        "--pages-url",
        default=os.environ.get("JILAI_PAGES_URL"),
        metavar="s3://BUCKET/PREFIX",
        help="keep whole pages in an S3-compatible store (endpoint and keys: AWS_* of the environment)",
    )


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it ended well, 1 when it could not run, 2 for wrong arguments."""
    given = _parser().parse_args(arguments)
    if given.kind == "openapi":
        from server.app import wire

        print(json.dumps(wire().openapi(), indent=1))
        return 0
    if given.kind == "worker":
        from server.crew import work
        from server.logs import configure

        configure()
        work()
        return 0
    settings = Settings(
        data_dir=given.data_dir.expanduser().resolve(),
        host=getattr(given, "host", "127.0.0.1"),
        port=getattr(given, "port", 0),
        database_url=_psycopg(given.database_url),
        pages_url=given.pages_url,
        workers=max(1, getattr(given, "workers", 1)),
        metrics_token=os.environ.get("JILAI_METRICS_TOKEN"),
        demo=given.kind == "demo",
        accept_after=getattr(given, "accept_after", 0.0),
        tls_certificate=getattr(given, "tls_certificate", None),
        tls_key=getattr(given, "tls_key", None),
    )
    try:
        if given.kind == "admin":
            from server.admin import run

            return run(settings, given.words)
        from server.logs import configure
        from server.running import serve

        configure()
        serve(settings, ready_file=given.ready_file, exit_with_parent=given.exit_with_parent)
    except UnusableError as unusable:
        print(str(unusable), file=sys.stderr)
        return 1
    return 0


def _psycopg(url: str | None) -> str | None:
    """Name the driver in a PostgreSQL URL as people write it."""
    if url is None or url.startswith("postgresql+"):
        return url
    return url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)


if __name__ == "__main__":
    sys.exit(main())
