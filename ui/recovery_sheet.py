"""The recovery key on one sheet of paper, set with the tools of the receipts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ui.messages import language

_MARGIN = 25  # mm
_PER_ROW = 4


def recovery_sheet(key: str, account: str, day: datetime) -> Callable[[], bytes]:
    """Word the sheet now, in the language of the window; return what makes its PDF, to be called aside.

    The first call loads the PDF library and its fonts, which takes longer than a frame.
    """
    title = QCoreApplication.translate("RecoverySheet", "Recovery key · Jilai")
    whose = QCoreApplication.translate("RecoverySheet", "Account {account} · {day}")
    purpose = QCoreApplication.translate(
        "RecoverySheet",
        "This key opens the machine's data when the password is forgotten. Keep it locked away from"
        " the machine. On the unlock page choose “Use the recovery key” and type it group by group.",
    )
    words = (title, whose.format(account=account, day=f"{day:%Y-%m-%d}"), purpose)
    tongue = language()
    return lambda: _draw(key, words, tongue, day)


def _draw(key: str, words: tuple[str, str, str], tongue: str, day: datetime) -> bytes:
    from printing import layout, typesetting

    canvas, buffer = layout.new_canvas(layout.A4, title=words[0], language=tongue, made_at=day)
    left, top = _MARGIN * layout.MM, layout.A4[1] - _MARGIN * layout.MM
    room = layout.A4[0] - 2 * left
    title, body, large = typesetting.bold(22), typesetting.regular(11, 1.6), typesetting.bold(24, 1.7)
    layout.fill(canvas, layout.INK)
    typesetting.draw_lines(canvas, left, top, [words[0]], title)
    top -= title.leading + 4 * layout.MM
    typesetting.draw_lines(canvas, left, top, [words[1]], body)
    top -= body.leading + 8 * layout.MM
    groups = key.split("-")
    for start in range(0, len(groups), _PER_ROW):
        for column, group in enumerate(groups[start : start + _PER_ROW]):
            typesetting.draw_lines(canvas, left + column * room / _PER_ROW, top, [group], large)
        top -= large.leading
    top -= 6 * layout.MM
    layout.rule(canvas, left, left + room, top)
    top -= 6 * layout.MM
    typesetting.draw_lines(canvas, left, top, typesetting.wrap(words[2], body, room), body)
    canvas.save()
    return buffer.getvalue()
