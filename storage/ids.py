"""Time-ordered identifiers (UUID version 7, RFC 9562) that never go backwards within one program."""

from __future__ import annotations

import secrets
import threading
import uuid
from datetime import datetime

_lock = threading.Lock()
_last = 0


def new_id(now: datetime) -> str:
    """Return a new UUIDv7 in its 36-character form.

    Each id sorts after the one before it, also where `now` stands still or jumps back: then the last
    stamp is counted on (RFC 9562, 6.2, method 2).
    """
    global _last
    stamp = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    fresh = (stamp << 74) | secrets.randbits(74)
    with _lock:
        if fresh >> 74 <= _last >> 74:
            fresh = _last + 1 + secrets.randbits(32)
        _last = fresh
    high, low = fresh >> 62, fresh & ((1 << 62) - 1)
    number = (high >> 12 << 80) | (0x7 << 76) | ((high & 0xFFF) << 64) | (0b10 << 62) | low
    return str(uuid.UUID(int=number))
