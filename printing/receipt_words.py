"""What a receipt says, for every width of paper: the words of the data pack filled with the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from printing import packs, typesetting
from registration.identifiers import mask_name, unit_code_groups
from registration.paper_form import Form
from registration.receipt import Receipt, ReceiptLine

NAME_SEPARATOR = "、"


def section(name: str, language: str, pack: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """Return one section of a wording pack in "zh" or "en"; without a pack, of the one that ships."""
    words: Mapping[str, Any] = (pack or packs.shipped("paper_wording"))[name][
        "en" if language.startswith("en") else "zh"
    ]
    return words


@dataclass(frozen=True)
class ReceiptWords:
    """The texts of one print of one receipt."""

    receipt: Receipt
    language: str
    words: Mapping[str, Any]
    copy_number: int = 1
    reprinted_by: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)  # in a second language, by the Chinese
    voided: str = ""  # why the receipt no longer counts

    def __getitem__(self, key: str) -> str:
        text: str = self.words[key]
        return text

    def steps(self, key: str = "steps") -> list[str]:
        """Return what happens next; nothing does where the receipt is void."""
        return [] if self.voided else list(self.words[key])

    def second(self, key: str) -> str:
        """Return a label in the second language, "" without one."""
        return packs.second_of(self.labels, self[key])

    def both(self, key: str) -> str:
        """Return a label with its second form behind it."""
        return f"{self[key]} {self.second(key)}".rstrip()

    @property
    def badges(self) -> list[str]:
        """Return the marks that stand beside the title."""
        reprint = [self["reprint"]] if self.copy_number > 1 else []
        later = self.receipt.revision > 1 and "revision" in self.words
        revision = [self["revision"].format(revision=self.receipt.revision)] if later else []
        return [*([self["voided"]] if self.voided else []), *revision, *reprint]

    @property
    def status(self) -> tuple[str, str]:
        """Return title and text of what the receipt is worth."""
        if self.voided:
            return self["voided_title"], self["voided_text"].format(reason=self.voided)
        return self["status_title"], self["status_text"]

    @property
    def english(self) -> bool:
        return self.language.startswith("en")

    def value(self, text: str) -> str:
        """Return a fact, or a dash where it is empty: a blank could be filled in by hand."""
        return text.strip() or self["blank"]

    @property
    def names(self) -> list[str]:
        return [name for name in self.receipt.applicant.split(NAME_SEPARATOR) if name.strip()] or [
            self["blank"]
        ]

    @property
    def masked_names(self) -> list[str]:
        return [mask_name(name) or self["blank"] for name in self.receipt.applicant.split(NAME_SEPARATOR)]

    @property
    def type_name(self) -> str:
        return self.value(self.receipt.type_en if self.english else self.receipt.type_zh)

    def line_name(self, line: ReceiptLine) -> str:
        return self.value(line.en if self.english else line.zh)

    def form_name(self, line: ReceiptLine) -> str:
        return self["original" if line.form is Form.ORIGINAL else "copy"]

    @property
    def property_name(self) -> str:
        parts = (self.receipt.compound.strip(), self.receipt.property_label.strip())
        return self.value(" ".join(part for part in parts if part))

    @property
    def unit_code(self) -> str:
        code = self.receipt.unit_code
        return self.value(unit_code_groups(code) if len(code) == 28 else code)

    @property
    def place(self) -> str:
        return " · ".join(part for part in (self.receipt.site, self.receipt.session_title) if part.strip())

    @property
    def received_at(self) -> str:
        return say_time(self.receipt.received_at, english=self.english)

    @property
    def count(self) -> str:
        receipt = self.receipt
        return self["materials_count"].format(
            items=len(receipt.lines),
            copies=sum(line.copies for line in receipt.lines),
            pages=sum(line.pages for line in receipt.lines),
        )

    @property
    def print_parts(self) -> list[str]:
        """Return which print this is and, of a reprint, who made it."""
        if self.copy_number <= 1:
            return [self["print"].format(count=1)]
        by = self.reprinted_by.strip()
        parts = [self["reprint"], self["print"].format(count=self.copy_number)]
        return [*parts, self["reprinted_by"].format(name=by)] if by else parts

    def rare(self, *shown: str) -> str:
        """Return what is said of characters in these texts that another font drew, or none could; or ""."""
        said = []
        if drawn := typesetting.borrowed(shown):
            said.append(self["borrowed"].format(characters="、".join(drawn)))
        if codes := typesetting.without_glyph(shown):
            said.append(self["rare"].format(codes="、".join(codes)))
        return "".join(said) if not self.english else " ".join(said)


def receipt_words(
    receipt: Receipt,
    language: str,
    *,
    copy_number: int = 1,
    reprinted_by: str = "",
    second: str = "",
    voided: str = "",
    wording: Mapping[str, Any] | None = None,
) -> ReceiptWords:
    """Gather the words of one print; `wording` is a `paper_wording` pack in place of the shipped one."""
    return ReceiptWords(
        replace(receipt, token="")
        if voided.strip()
        else receipt,  # nothing is proved by a paper that is void
        language,
        section("receipt", language, wording),
        copy_number,
        reprinted_by,
        packs.second_labels(second),
        voided.strip(),
    )


def qr_text(receipt: Receipt, verify_url: str) -> str:
    """Return what the QR code carries: the token as fragment of the centre's address, or bare.

    A browser keeps the fragment to itself, so the centre's logs never see a token that was only looked at.
    """
    return f"{verify_url}#{receipt.token}" if verify_url else receipt.token


def say_time(moment: datetime, *, english: bool) -> str:
    """Return a moment in its own offset, to the minute."""
    if english:
        return f"{moment.day} {moment:%B %Y, %H:%M}"
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
