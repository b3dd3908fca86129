"""How times, amounts and sizes are written on the screen: short, local, in tabular figures."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication


def day_and_time(moment: datetime, now: datetime) -> str:
    """Return 18:32 today, 11-23 18:32 this year, 2025-11-23 18:32 otherwise; local time."""
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return local.strftime("%H:%M")
    return local.strftime("%m-%d %H:%M" if local.year == today.year else "%Y-%m-%d %H:%M")


def full_time(moment: datetime) -> str:
    """Return 2026-11-23 18:32:05 in local time."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def duration(seconds: float) -> str:
    """Return 2 分 48 秒 or 2 min 48 s."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return QCoreApplication.translate("Moments", "{seconds} s").format(seconds=rest)
    return QCoreApplication.translate("Moments", "{minutes} min {seconds} s").format(
        minutes=minutes, seconds=rest
    )


def size(count: int) -> str:
    """Return a number of bytes as 840 kB, 1.5 MB or 25.3 GB."""
    if count >= 1_000_000_000:
        return f"{count / 1_000_000_000:.1f} GB"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
