"""A whole case as one PDF: cover, contents with page numbers, forms, and every captured page, bookmarked."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from printing import layout
from printing.forms import sheet
from printing.forms.sheet import Facts
from printing.layout import MM
from printing.typesetting import draw, readable, regular, shorten

_MARGIN = 12 * MM
_FOOT = regular(8, 1.5)


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


Part = FormPart | CapturedPart


def render(
    facts: Facts, parts: Sequence[Part], *, made_at: datetime, pack: Mapping[str, Any] | None = None
) -> bytes:
    """Return the archive of a case as PDF bytes, A4.

    `facts` fill the cover (form `archive_cover`) and the head of the contents; the contents list every
    part with the pages it stands on, counted from the first page after the contents. Captured pages keep
    their bytes: a JPEG is embedded as it is. ValueError for a page that is not a JPEG; MachineError code
    font_missing.
    """
    title = f"{facts.get('number', '')}".strip()
    canvas, buffer = layout.new_canvas(layout.A4, title=title, language="zh", made_at=made_at)
    rows = _contents(parts, pack)
    cover = {**facts, "items_count": str(len(parts)), "pages_count": str(_total(parts, pack))}
    _bookmark(canvas, "cover", "封面")
    sheet.draw_form(canvas, "archive_cover", cover, pack=pack)
    _bookmark(canvas, "contents", "卷内目录")
    sheet.draw_form(canvas, "archive_contents", {**facts, "items": rows}, pack=pack)
    number = 1
    for index, part in enumerate(parts):
        _bookmark(canvas, f"part{index}", f"{index + 1}. {part.title}")
        if isinstance(part, FormPart):
            number += sheet.draw_form(canvas, part.code, part.facts, pack=pack)
            continue
        for page, fetch in enumerate(part.pages):
            _picture(canvas, fetch(), f"{part.title} {page + 1} / {len(part.pages)}", str(number))
            number += 1
    canvas.showOutline()
    canvas.save()
    return buffer.getvalue()


def _contents(parts: Sequence[Part], pack: Mapping[str, Any] | None) -> list[dict[str, str]]:
    rows, number = [], 1
    for part in parts:
        count = _page_count(part, pack)
        last = number + count - 1
        rows.append(
            {
                "name": part.title,
                "pages": "" if count == 0 else str(number) if count == 1 else f"{number}-{last}",
                "form": part.form if isinstance(part, CapturedPart) else "",
            }
        )
        number += count
    return rows


def _total(parts: Sequence[Part], pack: Mapping[str, Any] | None) -> int:
    return sum(_page_count(part, pack) for part in parts)


def _page_count(part: Part, pack: Mapping[str, Any] | None) -> int:
    return (
        len(part.pages)
        if isinstance(part, CapturedPart)
        else sheet.page_count(part.code, part.facts, pack=pack)
    )


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
    draw(canvas, across - _MARGIN, 9 * MM, number, _FOOT, "right")
    canvas.showPage()
    canvas.setPageSize(layout.A4)
