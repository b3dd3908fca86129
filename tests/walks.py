"""The walks of the main job through the real window, by keys and drops; for demo and e2e tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from registration.packs import INQUIRY
from registration.receipt import Receipt
from storage import applications, receipts
from storage.applications import ApplicationDetail
from storage.database import Store
from tests.driving import button, click, draw, drop, editor, find, press, see, tend, wait_until, write
from ui.desk import Desk
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.screens.tonight import TonightScreen
from ui.widgets import Check

SAMPLES = Path(__file__).resolve().parent / "samples"

HAND = (
    [(0.30, 0.30), (0.34, 0.28), (0.40, 0.27), (0.46, 0.27), (0.44, 0.36), (0.39, 0.47), (0.33, 0.60)],
    [(0.35, 0.45), (0.41, 0.50), (0.47, 0.58), (0.50, 0.66)],
    [(0.54, 0.35), (0.60, 0.33), (0.66, 0.33), (0.63, 0.45), (0.57, 0.58), (0.66, 0.60), (0.71, 0.52)],
)
"""Three strokes that somebody signs with, from 0 to 1 of the pad."""

Look = Callable[[str], None]
"""Called with the name of each step, once what it names is on the screen."""


def _no_look(_name: str) -> None:
    return


@dataclass(frozen=True)
class Person:
    """What an applicant says at the table; invented."""

    name: str
    id_number: str
    phone: str
    address: str


def sample_person() -> Person:
    """Return the person of the first sample identity card."""
    truth = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    fields = truth["id_card_front-007-00.jpg"]["fields"]
    return Person(fields["name"], fields["id_number"], "13893100001", fields["address"])


PAPERS: Mapping[str, Sequence[str]] = {
    "application_form": ("contract-3-pages.pdf",),
    "identity": ("id_card_front-007-00.jpg", "id_card_back-007-02.jpg"),
    "purchase_contract": ("purchase_contract-007-01.jpg",),
    "invoice": ("invoice-scan.png",),
    "maintenance_fund": ("invoice-007-04.jpg",),
    "marriage": ("marriage-2-pages.tif",),
    "occupancy": ("marriage_certificate-007-05.jpg",),
    "buyer_promise": ("purchase_contract-008-01.jpg",),
}
"""Which sample files an applicant hands over for which row of the checklist."""


def first_run(desk: Desk, account: str, name: str, password: str, look: Look = _no_look) -> MainWindow:
    """Create the vault by the first screen, put the recovery key away, and return the open window."""
    for label, text in (("账号", account), ("姓名", name), ("密码", password), ("再输一次密码", password)):
        wait_until(lambda label=label: _named(label), f"focus on {label}")  # type: ignore[misc]
        write(text)
        if label == "再输一次密码":
            look("first-run")
        press("Return")
    check = see(desk, Check, lambda _: True, "the recovery key")
    look("recovery-key")
    click(check)
    press("Return")
    return opened(desk)


def unlock(desk: Desk, account: str, password: str, look: Look = _no_look) -> MainWindow:
    """Unlock by account and password, and return the open window."""
    for label, text in (("账号", account), ("密码", password)):
        line = editor(desk, label)
        wait_until(line.hasFocus, f"focus on {label}")
        write(text)
        if label == "账号":
            press("Return")
    look("unlock")
    press("Return")
    return opened(desk)


def opened(desk: Desk) -> MainWindow:
    """Wait for the window behind the vault's door."""
    wait_until(lambda: desk.window_open() is not None and not desk.locked(), "the open window")
    window = desk.window_open()
    assert window is not None
    return window


def open_session(desk: Desk, window: MainWindow, look: Look = _no_look) -> None:
    """Open an evening session at the compound that the form offers first."""
    press_open = button(desk, "开场", 60)
    look("session")
    click(press_open)
    see_place(window, "tonight")
    wait_until(lambda: _tonight(window).session() is not None, "an open session")
    tend(0.3)
    look("tonight")


def _tonight(window: MainWindow) -> TonightScreen:
    screen = window.screen_of("tonight")
    assert isinstance(screen, TonightScreen)
    return screen


def see_place(window: MainWindow, place: str) -> None:
    """Wait until the window stands at a place of its rail."""
    wait_until(lambda: window.place() == place, f"the place {place}")


def begin_intake(window: MainWindow) -> IntakeScreen:
    """Take the next applicant by key."""
    press("Ctrl+N", window)
    see_place(window, "intake")
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    return screen


def enter_applicant(screen: IntakeScreen, person: Person, look: Look = _no_look) -> None:
    """Type the applicant, entry by entry, going on with Enter."""
    for entry, text in (
        ("name", person.name),
        ("id_number", person.id_number),
        ("phone", person.phone),
        ("address", person.address),
    ):
        line = screen.applicant_page.fields[entry].editor
        wait_until(line.hasFocus, f"focus on {entry}")
        write(text)
        if entry == "address":
            look("applicant")
        press("Return")
    wait_until(lambda: screen.step() is Step.PROPERTY, "the property step")


def choose_household(screen: IntakeScreen, room: str, look: Look = _no_look) -> None:
    """Find the household by its room number and take it with Enter."""
    wait_until(lambda: screen.property_page.picker.grid.current_cell() is not None, "the building table")
    wait_until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "focus on the search")
    write(room)
    tend(0.2)
    look("property")
    press("Return")
    wait_until(lambda: screen.step() is Step.TYPE, "the type step")
    look("type")
    press("Return")
    wait_until(lambda: screen.step() is Step.MATERIALS, "the materials step")


def hand_over(screen: IntakeScreen, item_code: str, files: Sequence[Path], pages: int) -> None:
    """Drop files on a row of the materials board and wait until `pages` pages of it are stored."""
    case = screen.case()
    assert case is not None
    if all(row.item.code != item_code for row in case.board()):
        press("M", screen.materials_page.board)  # a paper that this case does not want by itself
    drop(screen.materials_page.board.row(item_code), list(files))
    wait_until(lambda: len(case.pages_of(item_code)) >= pages, f"{pages} pages of {item_code}", 60)


def hand_over_by_dialog(screen: IntakeScreen, item_code: str, files: Sequence[Path], pages: int) -> None:
    """Choose files for a row in the dialog, by typing their names."""
    case = screen.case()
    assert case is not None
    screen.materials_page.board.choose(item_code)
    press("Ctrl+O", screen.materials_page.board)
    answer_dialog(screen, *files)
    wait_until(lambda: len(case.pages_of(item_code)) >= pages, f"{pages} pages of {item_code}", 60)


def answer_dialog(screen: QWidget, *files: Path) -> None:
    """Type file names into the dialog over a screen and confirm with Enter."""
    dialog = see(screen.window(), QFileDialog, lambda _: True, "the file dialog")
    entry = see(dialog, QLineEdit, lambda w: w.isEnabled(), "the dialog's file name")
    dialog.activateWindow()
    entry.setFocus()
    wait_until(entry.hasFocus, "focus on the dialog's file name")
    entry.selectAll()
    write(str(files[0]) if len(files) == 1 else " ".join(f'"{path}"' for path in files))
    tend(0.2)
    press("Return", entry)
    wait_until(lambda: find(screen.window(), QFileDialog, lambda _: True) is None, "the dialog gone")
    screen.window().activateWindow()  # a bare display has no window manager that gives the focus back
    wait_until(screen.isActiveWindow, "the window active again")


def submit(window: MainWindow, screen: IntakeScreen, look: Look = _no_look) -> str:
    """Go to the review, submit, and return the application's id once the receipt shows."""
    case = screen.case()
    assert case is not None
    application_id = case.id
    press("Return", screen.materials_page.board)
    answer_inquiry(screen, look)
    sign(screen, look)
    agree_fees(screen, look)
    wait_until(lambda: not case.missing(), "a complete case")
    look("review")
    press("Ctrl+Return", screen.review_page)
    see_place(window, "receipt")
    return application_id


def answer_inquiry(screen: IntakeScreen, look: Look = _no_look) -> None:
    """Answer every question by its key, as usual where there is a usual answer, and go on."""
    wait_until(lambda: screen.step() is Step.INQUIRY, "the inquiry")
    page, case = screen.inquiry_page, screen.case()
    assert case is not None
    press("U", page)
    known = case.packs[INQUIRY]["questions"]
    while (question := page.open_question()) is not None:
        asked = known[question[0]]
        if asked["kind"] == "text":
            write("本人使用")
            press("Return")
        else:
            press("1" if asked["kind"] == "choice" else "Y" if asked.get("must_be") == "yes" else "N", page)
    look("inquiry")
    press("Return")


def sign(screen: IntakeScreen, look: Look = _no_look) -> None:
    """Sign every document with the mouse, each accepted with Enter; the last goes on."""
    wait_until(lambda: screen.step() is Step.SIGNATURES, "the signatures")
    page = screen.signatures_page
    for number, place in enumerate(page.places.places()):
        before = page.places.standings()
        draw(page.pad, HAND)
        if number == 0:
            look("signature-drawn")
        press("Return", page)
        wait_until(lambda before=before: page.places.standings() != before, place.document)  # type: ignore[misc]


def agree_fees(screen: IntakeScreen, look: Look = _no_look) -> None:
    """Look at what is due and go on to the review."""
    wait_until(lambda: screen.step() is Step.FEES, "the fees")
    look("fees")
    press("Return")
    wait_until(lambda: screen.step() is Step.REVIEW, "the review")


def detail_of(store: Store, application_id: str) -> ApplicationDetail:
    """Return the case as the store has it."""
    found = store.read(lambda db: applications.detail(db, application_id))
    assert found is not None
    return found


def receipt_of(store: Store, application_id: str) -> Receipt:
    """Return the frozen receipt."""
    found = store.read(lambda db: receipts.receipt_for_application(db, application_id))
    assert found is not None
    return found


def _named(label: str) -> bool:
    widget = QApplication.focusWidget()
    return widget is not None and widget.accessibleName().startswith(label)
