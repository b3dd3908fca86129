"""What a process that reads strangers' bytes does before the first one: private pipes, and limits."""

from __future__ import annotations

import os
import sys
from typing import IO

MOST_MEMORY = 512 << 20
"""Bytes that a process may hold in memory, its libraries among them."""


def private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The parent's pipes as private handles: a library that prints must not land in the middle of a frame."""
    jobs, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1):
        os.dup2(nothing, handle)
    os.close(nothing)
    return os.fdopen(jobs, "rb"), os.fdopen(answers, "wb")


def limit_resources(loaded: int = 0) -> None:
    """No more than MOST_MEMORY held at once, no file written, no core dump.

    loaded: bytes of what is in memory now that are not to count, such as models. What can be limited is
    address space, of which a program takes more than it holds: so what is held now is taken off the
    allowance, and all that comes must fit into the rest.
    """
    if sys.platform != "linux":
        return
    import resource

    size, held = _sizes()
    most = size + max(0, MOST_MEMORY + loaded - held)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    # A crash must leave no picture of anyone's papers on the disk, and nothing else may be written either.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def resident() -> int:
    """Bytes that this process holds in memory now; 0 where there is no /proc to ask."""
    return _sizes()[1] if sys.platform == "linux" else 0


def _sizes() -> tuple[int, int]:
    """Bytes of address space, and bytes of it in memory (Linux)."""
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123
        size, held = pages.read().split()[:2]
    unit = os.sysconf("SC_PAGE_SIZE")
    return int(size) * unit, int(held) * unit


def step_aside() -> None:
    """Let every other process of this machine have the processor first."""
    if hasattr(os, "nice"):
        os.nice(10)
