"""What a process that reads strangers' bytes does before the first one: private pipes, and limits."""

from __future__ import annotations

import os
import sys
from typing import IO

MEMORY_GROWTH = 512 << 20
"""Bytes of address space that jobs may add to what the loaded libraries take."""


def private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The parent's pipes as private handles: a library that prints must not land in the middle of a frame."""
    jobs, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1):
        os.dup2(nothing, handle)
    os.close(nothing)
    return os.fdopen(jobs, "rb"), os.fdopen(answers, "wb")


def limit_resources() -> None:
    """No more memory than MEMORY_GROWTH beyond what is loaded now, no file written, no core dump."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123
        used = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_GROWTH, used + MEMORY_GROWTH))
    # A crash must leave no picture of anyone's papers on the disk, and nothing else may be written either.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def step_aside() -> None:
    """Let every other process of this machine have the processor first."""
    if hasattr(os, "nice"):
        os.nice(10)
