"""A warm process that gives birth to evenings over a real store, each of them made to be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from storage import applications, operations, outbox, sessions
from tests.storage.evening import Evening

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """Starts a life in a few milliseconds: everything is imported, and a fork brings it along."""

    def __init__(self, careless: bool = False) -> None:
        command = [sys.executable, "-m", "tests.endurance.lives", *(["careless"] if careless else [])]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def live(self, folder: Path, seconds: float, *, after: int = 0) -> list[tuple[str, ...]]:
        """Kill an evening `seconds` after it has told `after` facts, and return all that it had told."""
        assert self._process.stdin is not None and self._process.stdout is not None
        words = folder.with_name(folder.name + ".told")
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        until = time.monotonic() + 120
        while after and not (words.exists() and words.read_bytes().count(b"\n") >= after):
            assert time.monotonic() < until, "an evening that tells nothing"
            time.sleep(0.002)
        time.sleep(seconds)
        os.kill(child, 9)
        assert self._process.stdout.readline() == "9\n", "the evening ended by itself"
        told = words.read_text("ascii").splitlines(keepends=True) if words.exists() else []
        words.unlink(missing_ok=True)
        return [tuple(line.split()) for line in told if line.endswith("\n")]

    def close(self) -> None:
        self._process.communicate(timeout=30)


def work(folder: Path, careless: bool) -> None:
    """Take in case after case, and tell of each fact once it is durable (or, careless, a little before)."""
    handle = os.open(folder.with_name(folder.name + ".told"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(*words: str) -> None:
        os.write(handle, (" ".join(words) + "\n").encode("ascii"))

    evening = Evening(folder)
    if evening.read(sessions.current) is None:
        evening.open_session()
    while True:
        draft = evening.start("h-3-101")
        for _ in range(2):
            new = evening.new_page(draft.id, "identity")
            if careless:
                tell("page", new.id, new.digest, new.original_digest)
                time.sleep(0.05)
            evening.write(operations.add_page, evening.who, evening.now, new)
            tell("page", new.id, new.digest, new.original_digest)
        case = evening.complete(household_id="h-2-101")
        detail = evening.read(applications.detail, case.id)
        assert detail is not None
        for page in detail.pages:
            tell("page", page.id, page.digest, page.original_digest)
        receipt = evening.submit(case.id)
        tell("receipt", receipt.number, case.id)
        for row in evening.write(lambda db: outbox.claim(db, evening.now, 9)):
            evening.write(outbox.settle, evening.now, row.id, "applied", 1)


def main(words: Sequence[str]) -> int:
    """Read a folder a line; answer with the process id of its evening, then with the signal of its end."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(Path(line.strip()), "careless" in words)
            finally:
                os._exit(1)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
