"""Receipt numbers from a device's reserved block: unique and consecutive without a network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from registration.errors import MachineError


@dataclass(frozen=True)
class NumberBlock:
    """A run of sequence numbers that the centre reserved for one device; `next` is the first unused."""

    first: int
    last: int
    next: int

    @property
    def left(self) -> int:
        return max(self.last - self.next + 1, 0)


_RECEIPT_NUMBER = re.compile(r"([0-9]{6})-([0-9A-Z]{1,8})-([0-9]{6})-([0-9]{4,8})")


def take_number(block: NumberBlock, *, division: str, device_code: str, day: date) -> tuple[str, NumberBlock]:
    """Return the next receipt number and the block after it.

    The number reads division-device-YYMMDD-sequence; device and sequence alone make it unique, the
    division and day are for people. Raises MachineError code number_block_empty.
    """
    if not block.left:
        raise MachineError("number_block_empty", last=str(block.last))
    number = f"{division}-{device_code}-{day:%y%m%d}-{block.next:04d}"
    return number, NumberBlock(block.first, block.last, block.next + 1)


def is_receipt_number(text: str) -> bool:
    """Say whether text has the shape of a receipt number."""
    return _RECEIPT_NUMBER.fullmatch(text) is not None
