"""Draft safety: what is typed is on the disk in time; a new program brings back all of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from capture.imaging import ImagingPool
from registration.application import CaseState
from registration.errors import MachineError
from storage import applications
from tests.driving import drop, press, tend, wait_until, write
from tests.storage.evening import Evening
from tests.ui.intake_walk import (
    PERSON,
    SAMPLES,
    at_materials,
    begin,
    pages_there,
    stored,
    type_applicant,
    window_over,
)
from tests.ui.window import reopened, services_over
from ui.intake.case import Keeping
from ui.intake.screen import IntakeScreen
from ui.intake.steps import Step
from ui.main_window import MainWindow
from ui.services import Services
from ui.settings import Settings
from ui.signals import Signals


@pytest.fixture
def after_a_crash(
    evening: Evening, settings: Settings, imaging: ImagingPool, tmp_path: Path
) -> Iterator[Any]:
    """Call it to get services over what was on the disk at that moment, as after a power cut."""
    made: list[Evening] = []

    def crash() -> Services:
        folder = tmp_path / f"after-{len(made)}"
        # A power cut stops everything at one moment; a copy takes time. Rows first: their pages are older.
        shutil.copytree(evening.folder, folder, ignore=shutil.ignore_patterns("pages"))
        shutil.copytree(evening.folder / "pages", folder / "pages", dirs_exist_ok=True)
        again = reopened(folder)
        made.append(again)
        return services_over(again, settings, Signals(), imaging)

    yield crash
    for again in made:
        again.close()


def resumed(window: MainWindow) -> IntakeScreen:
    wait_until(lambda: window.place() == "intake", "the intake, by itself")
    screen = window.screen_of("intake")
    assert isinstance(screen, IntakeScreen)
    return screen


def on_disk(evening: Evening, application_id: str) -> str:
    found = evening.store.read(lambda db: applications.application(db, application_id))
    return found.first_applicant.name if found else ""


def test_steady_typing_is_on_the_disk_within_two_seconds(window: MainWindow, evening: Evening):
    screen = begin(window)
    case = screen.case()
    assert case is not None
    started = time.monotonic()
    typed = ""
    while time.monotonic() - started < 2.0:  # never a pause long enough to be taken for one
        write("甲")
        typed += "甲"
        tend(0.05)
        kept = on_disk(evening, case.id)
        if kept and typed.startswith(kept):
            break
    assert kept


def test_leaving_an_entry_stores_it_at_once(window: MainWindow, evening: Evening):
    screen = begin(window)
    case = screen.case()
    assert case is not None
    write("张立群")
    press("Return")
    wait_until(lambda: on_disk(evening, case.id) == "张立群", "the name on the disk", 0.6)


def test_a_draft_comes_back_with_its_step_its_entry_and_every_letter(
    window: MainWindow, evening: Evening, after_a_crash: Any
):
    screen = begin(window)
    case = screen.case()
    assert case is not None
    write(PERSON["name"])
    press("Return")
    write(PERSON["id_number"])
    press("Return")
    write("1389")
    wait_until(lambda: case.keeping is Keeping.KEPT, "the draft kept")
    services = after_a_crash()
    with window_over(services) as second:
        back = resumed(second)
        wait_until(back.applicant_page.editors["phone"].hasFocus, "the hand on the telephone")
        assert back.applicant_page.editors["phone"].text() == "1389"
        assert back.applicant_page.editors["name"].text() == PERSON["name"]
        found = back.case()
        assert found is not None and found.id == case.id


def test_a_draft_comes_back_with_its_pages_its_row_and_the_page_in_view(
    window: MainWindow, evening: Evening, after_a_crash: Any
):
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    drop(screen.materials_page.board.row("identity"), [SAMPLES / "id_card_front-007-00.jpg"])
    pages_there(screen, "identity", 1)
    wait_until(lambda: screen.materials_page.board.current_page() is not None, "the page chosen")
    wait_until(lambda: case.keeping is Keeping.KEPT and case.place.get("page"), "the place kept")
    tend(0.1)
    services = after_a_crash()
    with window_over(services) as second:
        back = resumed(second)
        assert back.step() is Step.MATERIALS
        board = back.materials_page.board
        assert board.current_row() == "identity"
        shown = board.current_page()
        assert shown is not None and shown.id == case.pages[0].id
        assert back.rail.news_of(Step.APPLICANT).done
        assert back.property_page.picker.grid._chosen == case.application.household_id
        editor = back.materials_page.panel.editor
        wait_until(lambda: editor.corners is not None, "original and corners, from the disk", 30)
        assert editor.corners == case.pages[0].corners


def test_a_power_cut_at_any_moment_of_adding_leaves_whole_pages_or_none(
    window: MainWindow, evening: Evening, after_a_crash: Any
):
    screen = at_materials(window)
    case = screen.case()
    assert case is not None
    drop(screen.materials_page.board.row("purchase_contract"), [SAMPLES / "contract-3-pages.pdf"])
    seen = set()
    while screen.materials_page.busy():
        tend(0.15)
        services = after_a_crash()
        pages = stored_in(services, case.id)
        seen.add(len(pages))
        for page in pages:
            services.pages.get(page.digest)
            services.pages.get(page.original_digest)
    pages_there(screen, "purchase_contract", 3)
    assert seen <= {0, 3}


def stored_in(services: Services, application_id: str) -> Any:
    detail = services.store.read(lambda db: applications.detail(db, application_id))
    return detail.pages if detail else ()


class StubbornStore:
    """The real store, but while `full` every write ends as on a full disk."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.full = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def write(self, fn: Any, *, last_resort: bool = False) -> Future[Any]:
        if self.full:
            failed: Future[Any] = Future()
            failed.set_exception(MachineError("disk_full"))
            return failed
        return self._store.write(fn, last_resort=last_resort)


def test_a_full_disk_is_said_in_words_and_the_draft_is_stored_when_there_is_room(
    evening: Evening, settings: Settings, signals: Signals, imaging: ImagingPool
):
    services = services_over(evening, settings, signals, imaging)
    disk = StubbornStore(services.store)
    with window_over(replace(services, store=disk)) as window:  # type: ignore[arg-type]
        screen = begin(window)
        case = screen.case()
        assert case is not None
        write("张")
        press("Tab")
        wait_until(lambda: on_disk(evening, case.id) == "张", "the first letter kept")
        press("Backtab")
        press("End")
        disk.full = True
        write("立群")
        press("Tab")
        wait_until(screen.trouble.isVisible, "the trouble said")
        problem = screen.trouble.problem()
        assert problem is not None and problem.code == "disk_full"
        assert screen.applicant_page.editors["name"].text() == "张立群"
        disk.full = False
        wait_until(lambda: on_disk(evening, case.id) == "张立群", "stored by itself", 8)
        wait_until(lambda: not screen.trouble.isVisible(), "the trouble gone")


def test_a_refused_submission_keeps_the_draft_on_the_screen(
    window: MainWindow, evening: Evening, services: Services
):
    screen = begin(window)
    type_applicant(screen)
    case = screen.case()
    assert case is not None
    press("Alt+8")
    screen.review_page.setFocus()
    press("Ctrl+Return")
    wait_until(screen.review_page.problem.isVisible, "the refusal")
    assert stored(evening, case.id).state is CaseState.DRAFT
    assert screen.case() is case
    assert screen.review_page.on_button.isEnabled()
