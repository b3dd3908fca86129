"""Has the allocator give memory back: an evening of large pictures must not leave the program large."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of mallopt, in malloc.h
_LARGE = 1 << 20
_KEPT = 4 << 20


def give_back_what_is_freed() -> bool:
    """Have pictures and frames lie outside the heaps, and few heaps; call it before any thread begins.

    Left alone, glibc takes what was large and freed once for a sign that it belongs into the heaps, one for
    each thread, and a small thing that outlives the picture beside it keeps all of that. Returns whether
    there is such an allocator here; where there is not, nothing changes.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    wishes = ((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _KEPT), (_ARENA_MAX, 2))
    return all(mallopt(what, amount) == 1 for what, amount in wishes)
