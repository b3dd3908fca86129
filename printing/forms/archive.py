"""A whole case as one PDF: cover, contents with page numbers, forms, and every captured page, bookmarked."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from printing import layout
from printing.forms import sheet
from printing.forms.sheet import PLAIN, Facts, Manner
from printing.layout import MM
from printing.typesetting import draw, readable, regular, shorten

_MARGIN = 12 * MM
_FOOT, _NUMBER = regular(8, 1.5), regular(9, 1.5)


@dataclass(frozen=True)
class FormPart:
    """A form to be drawn from its facts."""

    title: str
    code: str
    facts: Facts


@dataclass(frozen=True)
class CapturedPart:
    """The captured pages of one material; each is fetched as JPEG bytes when its turn comes, and let go."""

    title: str
    form: str  # 原件 or 复印件, as it is to be printed
    pages: Sequence[Callable[[], bytes]]
    copies: str = "1"


Part = FormPart | CapturedPart


def render(facts: Facts, parts: Sequence[Part], *, made_at: datetime, manner: Manner = PLAIN) -> bytes:
    """Return the archive of a case as PDF bytes, A4.

    `facts` fill the cover (form `archive_cover`) and the head of the contents; the contents list every
    part with the pages it stands on, counted from the first page after the contents, and every form hears
    how many items and pages there are (`items_count`, `pages_count`). Captured pages keep
    their bytes: a JPEG is embedded as it is. ValueError for a page that is not a JPEG; MachineError code
    font_missing.
    """
    forms = manner.forms["forms"]
    name = manner.title(forms["archive_cover"])
    canvas, buffer = layout.new_canvas(
        layout.A4,
        title=f"{name} {facts.get('number', '')}".strip(),
        language=manner.language,
        made_at=made_at,
    )
    canvas.setSubject(str(facts.get("type_name", "")))
    counts = {"items_count": str(len(parts)), "pages_count": str(_total(parts, manner))}
    _bookmark(canvas, "cover", manner.say(forms["archive_cover"].get("bookmark", name)))
    sheet.draw_form(canvas, "archive_cover", {**facts, **counts}, manner)
    _bookmark(canvas, "contents", manner.title(forms["archive_contents"]))
    sheet.draw_form(canvas, "archive_contents", {**facts, "items": _contents(parts, manner)}, manner)
    number = 1
    for index, part in enumerate(parts):
        _bookmark(canvas, f"part{index}", f"{index + 1}. {part.title}")
        if isinstance(part, FormPart):
            number += sheet.draw_form(
                canvas, part.code, {**part.facts, **counts}, replace(manner, number_from=number)
            )
            continue
        for page, fetch in enumerate(part.pages):
            _picture(canvas, fetch(), f"{part.title} {page + 1} / {len(part.pages)}", str(number))
            number += 1
    canvas.showOutline()
    canvas.save()
    return buffer.getvalue()


def _contents(parts: Sequence[Part], manner: Manner) -> list[dict[str, str]]:
    rows, number = [], 1
    for part in parts:
        count = _page_count(part, manner)
        last = number + count - 1
        rows.append(
            {
                "name": part.title,
                "pages": "" if count == 0 else str(number) if count == 1 else f"{number}-{last}",
                "form": part.form if isinstance(part, CapturedPart) else "",
                "copies": part.copies if isinstance(part, CapturedPart) else "1",
            }
        )
        number += count
    return rows


def _total(parts: Sequence[Part], manner: Manner) -> int:
    return sum(_page_count(part, manner) for part in parts)


def _page_count(part: Part, manner: Manner) -> int:
    if isinstance(part, CapturedPart):
        return len(part.pages)
    return sheet.page_count(part.code, part.facts, manner)


def _bookmark(canvas: Any, key: str, title: str) -> None:
    canvas.bookmarkPage(key)
    canvas.addOutlineEntry(readable(title), key, level=0)


def _picture(canvas: Any, jpeg: bytes, caption: str, number: str) -> None:
    """Draw a captured page as large as the paper lets it be, in its own orientation."""
    from reportlab.pdfbase.pdfdoc import PDFImageXObject

    # The library's own call decodes every picture to see whether it has met it before.
    image = PDFImageXObject(f"page{number}")
    if not image.loadImageFromJPEG(io.BytesIO(jpeg)):
        raise ValueError("a captured page is not a JPEG picture")
    name = canvas._doc.getXObjectName(image.name)
    canvas._doc.Reference(image, name)
    canvas._doc.addForm(image.name, image)
    wide, tall = image.width, image.height
    across, up = layout.A4
    if wide > tall:
        across, up = up, across
    canvas.setPageSize((across, up))
    room_wide, room_tall = across - 2 * _MARGIN, up - 2 * _MARGIN - 6 * MM
    scale = min(room_wide / wide, room_tall / tall)
    left = (across - wide * scale) / 2
    bottom = _MARGIN + 6 * MM + (room_tall - tall * scale) / 2
    canvas.saveState()
    canvas.transform(wide * scale, 0, 0, tall * scale, left, bottom)
    canvas._currentPageHasImages = 1
    canvas._formsinuse.append(image.name)
    canvas._code.append(f"/{name} Do")
    canvas.restoreState()
    layout.fill(canvas, layout.MUTED)
    draw(canvas, _MARGIN, 9 * MM, shorten(caption, _FOOT, across - 2 * _MARGIN - 20 * MM), _FOOT)
    layout.fill(canvas, layout.INK)
    draw(canvas, across - _MARGIN, 9 * MM, number, _NUMBER, "right")
    canvas.showPage()
    canvas.setPageSize(layout.A4)
