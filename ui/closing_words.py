"""The closing sheet in words: its blocks, its lines, how each stands and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from registration.closing_sheet import Block, Count, Line, Verdict


def block_name(block: Block) -> str:
    """Return one of the four blocks as it is called."""
    translate = QCoreApplication.translate
    return {
        Block.ON_SITE: translate("Closing", "1 On site"),
        Block.ROUTINE: translate("Closing", "2 Daily work"),
        Block.LEGACY: translate("Closing", "3 Legacy tasks"),
        Block.TOTALS: translate("Closing", "4 Totals"),
    }[block]


def count_name(count: Count) -> str:
    """Return what a line counts."""
    translate = QCoreApplication.translate
    return {
        Count.SLIPS: translate("Closing", "Numbers given, served or gone"),
        Count.OUTCOMES: translate("Closing", "Cases begun, with outcome"),
        Count.RECEIPTS: translate("Closing", "Receipts issued, on paper"),
        Count.NOTICES: translate("Closing", "Refused, withdrawn; on paper"),
        Count.HELD: translate("Closing", "Received, held by the centre"),
        Count.COPIED: translate("Closing", "Received, held or copied"),
        Count.PARKED: translate("Closing", "Not taken by the centre"),
        Count.QUEUE: translate("Closing", "Papers still in the print queue"),
        Count.HOUSEHOLDS: translate("Closing", "Households, with a case"),
        Count.ISSUED: translate("Closing", "Households, with a certificate"),
        Count.NUMBERS: translate("Closing", "Receipt numbers, with receipt"),
        Count.VOIDED: translate("Closing", "Receipts declared void"),
        Count.REPRINTS: translate("Closing", "Copies printed again"),
        Count.PAGES: translate("Closing", "Pages by the receipts, kept here"),
        Count.ORIGINALS: translate("Closing", "Originals handed in, given back"),
    }[count]


def standing(line: Line) -> str:
    """Return how a line stands."""
    translate = QCoreApplication.translate
    if line.count is Count.ORIGINALS and line.counted is None:
        return translate("Closing", "! To be counted")
    return {
        Verdict.AGREES: translate("Closing", "✓ Agrees"),
        Verdict.LISTED: translate("Closing", "· Goes on later"),
        Verdict.EXPLAINED: translate("Closing", "✓ With a reason"),
        Verdict.MISMATCH: translate("Closing", "! Differs"),
    }[line.verdict]


def remedy(line: Line) -> str:
    """Return what to do about a line that is open, or that nothing needs to be done."""
    translate = QCoreApplication.translate
    if line.verdict is Verdict.AGREES:
        return translate("Closing", "Nothing is open here.")
    return {
        Count.SLIPS: translate("Closing", "These people still wait: serve them, or say what they were told."),
        Count.OUTCOMES: translate("Closing", "Submit, refuse or discard each of these drafts."),
        Count.RECEIPTS: translate(
            "Closing", "Print these receipts (Ctrl P). Where that cannot be, say why: it stands on the sheet."
        ),
        Count.NOTICES: translate(
            "Closing", "Print these notices from their cases. Where that cannot be, say why."
        ),
        Count.HELD: translate("Closing", "They are on this machine and go up by themselves."),
        Count.COPIED: translate("Closing", "Update the second copy before the laptop leaves the place."),
        Count.PARKED: translate("Closing", "The centre did not take these; each says why."),
        Count.QUEUE: translate("Closing", "Print these papers or give them up (Ctrl P)."),
        Count.NUMBERS: translate(
            "Closing", "No receipt has these numbers. Say what became of them: it stands on the sheet."
        ),
        Count.VOIDED: translate("Closing", "These no longer count; the papers were taken back."),
        Count.PAGES: translate("Closing", "What this machine keeps differs from the receipt: look at each."),
        Count.ORIGINALS: translate(
            "Closing",
            "Count the originals that were given back. Where some stay, say why: it stands on the sheet.",
        ),
    }.get(line.count, "")
