"""What is asked over the list of visits: who goes along, which other day, why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from registration.visits import Reason
from ui.messages import language
from ui.widgets import DangerButton, Field, PrimaryButton, QuietButton, SecondaryButton, Sheet, Text
from ui.widgets.day_edit import DayEdit

translate = QCoreApplication.translate


def ask_second(host: QWidget, operator: str, known: Sequence[str], begin: Callable[[str], None]) -> Sheet:
    """Ask who goes along; call `begin(name)`. `known` are names of the team, offered as buttons."""
    sheet = Sheet(host, translate("Visits", "Who goes along?"))
    said = translate("Visits", "Nobody enters a home alone. {name} and:").format(name=operator)
    sheet.body.addWidget(Text(said, "muted", wrap=True))
    name = QLineEdit()
    name.setMaxLength(60)
    sheet.body.addWidget(Field(translate("Visits", "Name of the other person"), name, line=False))
    for other in known[:4]:
        choice = QuietButton(other)
        choice.clicked.connect(lambda _=False, other=other: name.setText(other))
        sheet.body.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
    go = PrimaryButton(translate("Visits", "Begin the visit"), "Enter")

    def ready() -> bool:
        return name.text().strip() not in ("", operator)

    go.setEnabled(False)
    name.textChanged.connect(lambda _: go.setEnabled(ready()))
    return _finish(sheet, name, go, lambda: begin(name.text().strip()), ready)


def ask_day(host: QWidget, day: str, hour: str, postpone: Callable[[str, str, str], None]) -> Sheet:
    """Ask for another day; call `postpone(ISO day, HH:MM or "", words)`."""
    sheet = Sheet(host, translate("Visits", "Put the visit to another day"))
    when, time, why = DayEdit(), QLineEdit(hour), QLineEdit()
    when.setText(day)
    time.setMaxLength(5)
    time.setPlaceholderText("19:30")
    why.setMaxLength(120)
    for label, edit in (
        (translate("Visits", "Day"), when),
        (translate("Visits", "Time"), time),
        (translate("Visits", "Why"), why),
    ):
        sheet.body.addWidget(Field(label, edit, line=False))
    when.returnPressed.connect(time.setFocus)
    time.returnPressed.connect(why.setFocus)
    go = PrimaryButton(translate("Visits", "Postpone"), "Enter")
    sheet = _finish(
        sheet,
        why,
        go,
        lambda: postpone(when.day(), time.text().strip(), why.text().strip()),
        lambda: bool(when.day()),
    )
    when.setFocus()
    when.selectAll()
    return sheet


def ask_refusal(host: QWidget, reasons: Sequence[Reason], refuse: Callable[[str, str], None]) -> Sheet:
    """Ask why a visit is refused; call `refuse(code, words for the person)`."""
    sheet = Sheet(host, translate("Visits", "Refuse the visit?"))
    said = translate("Visits", "The person is told these words; they are kept with your name.")
    sheet.body.addWidget(Text(said, "muted", wrap=True))
    words = QLineEdit()
    words.setMaxLength(120)
    sheet.body.addWidget(Field(translate("Visits", "What the person is told"), words, line=False))
    code = {"is": "other"}

    def take(reason: Reason) -> None:
        code["is"] = reason.code
        words.setText(reason.name(language()))

    for reason in reasons:
        choice = QuietButton(reason.name(language()))
        choice.clicked.connect(lambda _=False, reason=reason: take(reason))
        sheet.body.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
    go = DangerButton(translate("Visits", "Refuse"), "Enter")
    go.setEnabled(False)
    words.textChanged.connect(lambda text: go.setEnabled(bool(text.strip())))
    return _finish(
        sheet, words, go, lambda: refuse(code["is"], words.text().strip()), lambda: bool(words.text().strip())
    )


def _finish(
    sheet: Sheet,
    last: QLineEdit,
    go: PrimaryButton | DangerButton,
    act: Callable[[], None],
    ready: Callable[[], bool],
) -> Sheet:
    back = SecondaryButton(translate("Visits", "Back"), "Esc")

    def confirmed() -> None:
        if ready():
            sheet.close_sheet()
            act()

    back.clicked.connect(sheet.close_sheet)
    go.clicked.connect(confirmed)
    last.returnPressed.connect(confirmed)
    sheet.buttons.addWidget(back)
    sheet.buttons.addWidget(go)
    sheet.open()
    last.setFocus()
    return sheet
