"""What the compared entries, the papers and the doubts are called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from registration.agreement import Comparison, Entry
from ui.messages import language


class EntryWords(QObject):
    """Words in the language that the window speaks now."""

    def entry(self, comparison: Comparison) -> str:
        """Name an entry as the paper in question calls it."""
        if comparison.entry is Entry.NAME:
            by_kind = {
                "purchase_contract": self.tr("Buyer"),
                "invoice": self.tr("Payer"),
                "marriage_certificate": self.tr("Holder"),
                "real_estate_certificate": self.tr("Owner"),
            }
            return by_kind.get(comparison.kind, self.tr("Name"))
        return {
            Entry.ID_NUMBER: self.tr("ID number"),
            Entry.ADDRESS: self.tr("Address"),
            Entry.CO_OWNER: self.tr("Spouse")
            if comparison.kind == "marriage_certificate"
            else self.tr("Another buyer"),
            Entry.CERTIFICATE: self.tr("Certificate number"),
            Entry.LOCATION: self.tr("Location"),
            Entry.UNIT_CODE: self.tr("Unit code"),
            Entry.AREA: self.tr("Floor area"),
            Entry.AMOUNT: self.tr("Amount"),
            Entry.PAYEE: self.tr("Payee"),
        }[comparison.entry]

    def names(self, comparisons: Sequence[Comparison]) -> str:
        """Name several entries in one text, each once."""
        found = dict.fromkeys(self.entry(one) for one in comparisons)
        return (", " if language() == "en" else "、").join(found)

    def kind(self, kind: str) -> str:
        return {
            "id_card_front": self.tr("The identity card"),
            "purchase_contract": self.tr("The contract"),
            "invoice": self.tr("The invoice"),
            "marriage_certificate": self.tr("The marriage certificate"),
            "real_estate_certificate": self.tr("The certificate"),
            "household_register": self.tr("The household register"),
        }.get(kind, self.tr("The paper"))

    def doubt(self, doubt: str) -> str:
        """Say why a number on a paper is not believed."""
        if doubt == "check_failed":
            return self.tr("The number on the paper fails its check digit")
        return self.tr("The number contradicts the rest of the paper")
