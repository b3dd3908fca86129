"""What the ready-to-go check looks at besides devices: room on the disk, battery, ages."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

BYTES_PER_APPLICATION = 20_000_000
"""Six pages with the untouched photograph of each, and what the database keeps of them."""
FEW_APPLICATIONS = 200
LOW_BATTERY = 50
OLD_DAYS = 3
MOST_CLOCK_SECONDS = 60.0
_BATTERIES = Path("/sys/class/power_supply")


@dataclass(frozen=True)
class Battery:
    """Charge in percent, and whether it is on the mains."""

    percent: int
    charging: bool


def room_for(folder: Path) -> int:
    """Return about how many applications still fit on the folder's disk."""
    return shutil.disk_usage(folder).free // BYTES_PER_APPLICATION


def battery(supplies: Path = _BATTERIES) -> Battery | None:
    """Return the battery's state; None where there is none, or the system does not say."""
    found = []
    for supply in sorted(supplies.glob("*")):
        try:
            if (supply / "type").read_text("ascii").strip() != "Battery":
                continue
            percent = int((supply / "capacity").read_text("ascii"))
            charging = (supply / "status").read_text("ascii").strip() in ("Charging", "Full", "Not charging")
        except (OSError, ValueError):  # a mouse's battery has no capacity; none of ours
            continue
        found.append(Battery(percent, charging))
    return min(found, key=lambda one: one.percent, default=None)


def days_since(moment: datetime, now: datetime) -> int:
    """Return whole days between two aware moments, 0 where the first lies ahead."""
    return max(0, (now - moment).days)
