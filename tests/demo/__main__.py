"""`python -m tests.demo --out DIR`: one intake from the first start to the acknowledged case."""

from __future__ import annotations

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import main
from sync.contract import sha256_hex
from tests import walks
from tests.centre import Centre, start_centre
from tests.driving import picture, press, tend, wait_until
from tests.fault_proxy import FaultProxy
from tests.fresh_folder import fresh_folder
from ui.app import build_application
from ui.command_line import arguments
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens.receipt import ReceiptScreen
from ui.settings import Settings
from ui.signals import Signals
from ui.theme import ThemeName

ACCOUNT, NAME, PASSWORD = "wang", "王海燕", "lanzhou cold evening"


class Album:
    """Takes each step's picture in Chinese and in English, and by name in the dark as well."""

    def __init__(self, desk: Desk, settings: Settings, out: Path) -> None:
        self._desk, self._settings, self._out = desk, settings, out
        self._number = 0

    def __call__(self, name: str) -> None:
        self._number += 1
        for language in ("en", "zh"):
            self._settings.change(language=language)
            tend(0.35)
            picture(self._desk, self._out / language / f"{self._number:02d}-{name}.png")

    def dark(self, name: str) -> None:
        self._settings.change(theme=ThemeName.DARK)
        tend(0.15)
        picture(self._desk, self._out / "dark" / f"{name}.png")
        self._settings.change(theme=ThemeName.LIGHT)
        tend(0.1)


def run(out: Path) -> int:
    """Do the job; return 0 only if the centre holds the application with equal digests."""
    started = time.monotonic()
    data_dir = fresh_folder(out) / "data"
    data_dir.mkdir()
    with start_centre(out, accept_after=2.0) as centre:
        host, port = centre.url.removeprefix("http://").split(":")
        with FaultProxy(host, int(port)) as cable:
            summary = _evening(out, data_dir, cable, centre)
    summary["seconds"] = round(time.monotonic() - started, 1)
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(summary, ensure_ascii=False, indent=1))
    good = bool(summary["centre_holds_equal_digests"]) and summary["delivery_state"] == "held"
    print(f"demonstration {'complete' if good else 'FAILED'} in {summary['seconds']} s, see {out}")
    return 0 if good else 1


def _evening(out: Path, data_dir: Path, cable: FaultProxy, centre: Centre) -> dict[str, Any]:
    found = arguments(["--data-dir", str(data_dir), "--centre", cable.url, "--enrol", centre.enrolment_code])
    settings = Settings(data_dir / "settings.json")
    app = build_application([sys.argv[0]], settings)
    signals = Signals()
    office = main.make_office(found, settings, signals)
    office.start()
    desk = Desk(office, settings, signals)
    desk.show()
    desk.activateWindow()
    album = Album(desk, settings, out / "screenshots")
    try:
        window = walks.first_run(desk, ACCOUNT, NAME, PASSWORD, album)
        walks.open_session(desk, window, album)
        cable.down()  # the window works offline from here
        screen = walks.begin_intake(window)
        walks.enter_applicant(screen, walks.sample_person(), album)
        walks.choose_household(screen, "1202", album)
        for item_code, names in walks.PAPERS.items():
            files = [walks.SAMPLES / name for name in names]
            pages = {"application_form": 3, "identity": 2, "marriage": 2}.get(item_code, 1)
            by_dialog = item_code == "purchase_contract"
            (walks.hand_over_by_dialog if by_dialog else walks.hand_over)(screen, item_code, files, pages)
        album("materials")
        album.dark("materials")
        application_id = walks.submit(window, screen, album)
        services = office.services()
        store = services.store
        receipt = walks.receipt_of(store, application_id)
        _save_papers(window, out, album)
        wait_until(lambda: services.courier.status.phase == "offline", "the link to be down", 30)
        press("Ctrl+3", window)
        walks.see_place(window, "queue")
        album("queue-offline")
        cable.up()  # nothing is touched: it goes by itself
        wait_until(lambda: walks.detail_of(store, application_id).acceptance_number, "acceptance", 45)
        tend(0.3)
        album("queue-accepted")
        press("Ctrl+4", window)
        walks.see_place(window, "table")
        tend(0.5)
        album("buildings")
        press("Ctrl+1", window)
        tend(0.3)
        album("tonight-after")
        album.dark("tonight")
        detail = walks.detail_of(store, application_id)
        at_centre = centre.admin("show", application_id)
        originals = sorted({page.original_digest for page in detail.pages})
        digests = [page.digest for page in detail.pages]
        return {
            "receipt_number": receipt.number,
            "acceptance_number": detail.acceptance_number,
            "application_id": application_id,
            "pages": len(detail.pages),
            "page_digests": digests,
            "original_digests": originals,
            "delivery_state": str(detail.delivery),
            "qr_token": receipt.token,
            "data_dir": str(data_dir.resolve()),
            "centre_url": centre.url,
            "centre_data_dir": str(centre.data_dir.resolve()),
            "centre_holds_equal_digests": _centre_digests(at_centre) >= {*digests, *originals}
            and _bytes_equal(centre, digests),
        }
    finally:
        desk.close()
        office.close()
        app.processEvents()


def _save_papers(window: MainWindow, out: Path, album: Album) -> None:
    """Save both papers with the screen's own keys and dialog."""
    screen = window.screen_of("receipt")
    assert isinstance(screen, ReceiptScreen)
    for key, paper, name in (("A", "A4", "receipt.pdf"), ("R", "roll", "receipt-roll.pdf")):
        press(key, screen)
        wait_until(partial(_shows, screen, paper == "A4"), name)
        album(name.removesuffix(".pdf"))
        wait_until(screen.pdf, "the paper in Chinese again")
        press("S", screen)
        walks.answer_dialog(screen, (out / name).resolve())
        wait_until((out / name).exists, name)


def _shows(screen: ReceiptScreen, a4: bool) -> bool:
    """Say whether the paper in view is made and of the wanted kind: an A4 page is 842 points high."""
    pdf = screen.pdf()
    return bool(pdf) and (b"841.8" in pdf) is a4


def _centre_digests(shown: Any) -> set[str]:
    return {page[key] for page in shown["pages"] for key in ("digest", "original_digest")}


def _bytes_equal(centre: Centre, digests: list[str]) -> bool:
    """Say whether the centre's page files hold bytes of exactly these digests."""
    held = {
        sha256_hex(path.read_bytes()) for path in (centre.data_dir / "pages").rglob("*") if path.is_file()
    }
    return held >= set(digests)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path("build/demo"))
    sys.exit(run(parser.parse_args().out))
