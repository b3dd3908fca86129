"""The sheet for one entry of a compound's file: its lines, a document to attach, and Enter keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from capture.pages import FileKind
from capture.sources.files import read_file
from registration.errors import InputError, JilaiError
from registration.facts import Attachment
from storage import dossiers
from ui.run import aside, run
from ui.widgets import Choice, Field, InlineProblem, PrimaryButton, SecondaryButton, Sheet, Text
from ui.widgets.day_edit import DayEdit

if TYPE_CHECKING:
    from ui.services import Services

_LARGEST = 20_000_000  # bytes; a scanned set of minutes, not a film
_MEDIA = {kind: "application/pdf" if kind is FileKind.PDF else f"image/{kind.value}" for kind in FileKind}
translate = QCoreApplication.translate


@dataclass(frozen=True)
class Entry:
    """What a sheet asks for: `lines` are (name in the body, label, value), `fixed` goes with them."""

    title: str
    verb: str
    lines: Sequence[tuple[str, str, str]]
    fixed: Mapping[str, Any]
    long: str = ""  # name of the line that has room for many words
    listed: str = ""  # name of the line that is a list, parted by 、 or ,
    attaches: bool = False
    chosen: str = ""  # name of the line that is one of `choices`: value to words
    choices: Mapping[str, str] = field(default_factory=dict)
    go: str = ""  # the words of its button, where it does not keep something


Unkept = dict[tuple[str, ...], dict[str, str]]
"""What was typed into sheets that were closed before it was kept, by compound, verb and what stood there."""


def open_entry(host: QWidget, services: Services, compound_id: str, entry: Entry, unkept: Unkept) -> Sheet:
    """Open the sheet over `host`; it closes once the entry is kept.

    A press beside it or Esc throws nothing away: the same sheet opens with what was typed.
    """
    sheet = Sheet(host, entry.title, width=620)
    same = (compound_id, entry.verb, entry.title, *(value for _, _, value in entry.lines))
    before = unkept.pop(same, {})
    editors: dict[str, QLineEdit | QPlainTextEdit | Choice] = {}
    for name, label, given in entry.lines:
        editor: QLineEdit | QPlainTextEdit | Choice
        value = before.get(name, given)
        if name == entry.chosen:
            editor = Choice()
            editor.set_entries([(said, code) for code, said in entry.choices.items()])
            editor.setCurrentIndex(max(editor.findData(value), 0))
        elif name == entry.long:
            editor = QPlainTextEdit(value)
            editor.setTabChangesFocus(True)
            editor.setMinimumHeight(220)
        elif name == "day":
            editor = DayEdit()
            editor.setText(value)
        else:
            editor = QLineEdit(value)
            editor.setMaxLength(300)
        editors[name] = editor
        sheet.body.addWidget(Field(label, editor, line=False))
    if before:
        again = translate("CompoundFile", "This was typed before and is not kept yet.")
        sheet.body.addWidget(Text(again, "muted", wrap=True))
    problem, files = InlineProblem(), list[Path]()
    named = Text("", "muted", wrap=True)
    if entry.attaches:
        attach = SecondaryButton(translate("CompoundFile", "Attach a photo or document…"), "", "file-plus-2")
        sheet.body.addWidget(attach)
        sheet.body.addWidget(named)
        attach.clicked.connect(lambda: ask_file(sheet, files, named))
    sheet.body.addWidget(problem)
    keep = PrimaryButton(entry.go or translate("CompoundFile", "Keep"), "Enter" if not entry.long else "")
    sheet.buttons.addWidget(keep)

    def write(attachments: list[Attachment]) -> None:
        texts = {name: _text(editor) for name, editor in editors.items()}
        body: dict[str, Any] = {**entry.fixed, **{name: text.strip() for name, text in texts.items()}}
        if entry.listed:
            body[entry.listed] = _parts(texts[entry.listed])
        who, now, fact_id = services.who, services.clock(), services.new_id()
        run(
            sheet,
            services,
            lambda db: dossiers.change(
                db,
                who,
                now,
                fact_id=fact_id,
                compound_id=compound_id,
                verb=entry.verb,
                body=body,
                attachments=attachments,
            ),
            lambda _: done(),
            refused,
        )

    def done() -> None:
        sheet.closed.disconnect(left)
        sheet.close_sheet()

    def left() -> None:
        texts = {name: _text(editor) for name, editor in editors.items()}
        if any(texts[name] != given for name, _, given in entry.lines if name != entry.chosen):
            unkept[same] = texts

    sheet.closed.connect(left)

    def refused(error: JilaiError) -> None:
        keep.setEnabled(True)
        problem.show_problem(error)
        lacking = editors.get((error.problem.field or "").removeprefix("dossier."))
        if lacking is not None:
            lacking.setFocus(Qt.FocusReason.OtherFocusReason)

    def kept() -> None:
        if not keep.isEnabled():
            return
        keep.setEnabled(False)
        aside(
            sheet, services.signals, lambda: [sealed_file(services, path) for path in files], write, refused
        )

    keep.clicked.connect(kept)
    for editor in editors.values():
        if isinstance(editor, QLineEdit):
            editor.returnPressed.connect(kept)
        elif isinstance(editor, Choice):
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shortcut = QShortcut(key, editor)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(kept)
    sheet.open()
    next(iter(editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)
    return sheet


def _text(editor: QLineEdit | QPlainTextEdit | Choice) -> str:
    if isinstance(editor, Choice):
        return str(editor.currentData())
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.day() if isinstance(editor, DayEdit) else editor.text()


def ask_file(sheet: Sheet, files: list[Path], named: Text) -> None:
    dialog = QFileDialog(sheet, translate("CompoundFile", "Attach a photo or document…"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(["*.pdf *.jpg *.jpeg *.png"])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(name: str) -> None:
        files.append(Path(name))
        named.set_text("\n".join(path.name for path in files))

    dialog.fileSelected.connect(chosen)
    dialog.open()


def sealed_file(services: Services, path: Path) -> Attachment:
    """Put a file into the store of sealed pages, under what its bytes are; slow, for `ui.run.aside`.

    InputError dossier_attachment where it is too large, CaptureError where nobody could look at it later.
    """
    data = read_file(path).data
    if len(data) > _LARGEST:
        raise InputError("dossier_attachment")
    kind = services.imaging.submit_inspect(data, path.name).result().kind
    return Attachment(services.pages.put(data), len(data), _MEDIA[kind], "document")


def _parts(text: str) -> list[str]:
    for mark in ("、", "，", "；", ";"):
        text = text.replace(mark, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
