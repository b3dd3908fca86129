"""Charts that are painted here: read by eye, by key, by a screen reader."""

from ui.widgets.charts.bars import Bar, BarChart

__all__ = ["Bar", "BarChart"]
