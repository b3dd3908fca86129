"""A real centre and a real browser, Debian's Chromium without a screen, for the pages that people use."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import Engine

from server.embedded import running_url
from server.store.database import open_engine
from tests.centre import Centre, start_centre
from tests.server import window as wire
from tests.server.desk import new_ticket
from tests.server.window import Window

CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A demonstration centre whose reviewer does not come for an hour."""
    with start_centre(tmp_path_factory.mktemp("browser-centre"), accept_after=3600) as running:
        yield running


@pytest.fixture(scope="session")
def engine(centre: Centre) -> Iterator[Engine]:
    """The running centre's own database."""
    url = running_url(centre.data_dir / "postgres")
    assert url is not None
    opened = open_engine(url, connections=4)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def window(centre: Centre) -> Window:
    """A window that is enrolled."""
    enrolled = Window(centre.url)
    assert enrolled.enrol(centre.enrolment_code).status == 200
    return enrolled


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; `.ci/run` installs it.

    Its driver keeps an event loop running in this thread, so it goes with its module: the tests of other
    rooms run loops of their own.
    """
    if not Path(CHROMIUM).exists():
        assert "CI" not in os.environ, "install Debian's package chromium"
        pytest.skip("the package chromium is not installed")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield opened
        opened.close()


@pytest.fixture
def new_page(chromium: Browser, centre: Centre, engine: Engine) -> Iterator[NewPage]:
    """Open a page, at the desk where an account is named: `new_page("ma", dark=True, lang="en")`."""
    contexts: list[BrowserContext] = []

    def open_page(account: str = "", *, dark: bool = False, lang: str = "zh", wide: int = 1366) -> Page:
        context = chromium.new_context(
            base_url=centre.url,
            viewport={"width": wide, "height": 768},
            color_scheme="dark" if dark else "light",
            locale="zh-CN" if lang == "zh" else "en-GB",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        if account:
            page.goto(f"/desk/enter?ticket={new_ticket(engine, account)}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def picture(words: str) -> bytes:
    """Return a page of its own: a JPEG that a browser really shows."""
    image = Image.new("RGB", (420, 594), "#fbf9f2")
    draw = ImageDraw.Draw(image)
    draw.text((30, 30), f"{words} {uuid.uuid4().hex[:8]}", fill="#1a2429")
    packed = io.BytesIO()
    image.save(packed, "JPEG")
    return packed.getvalue()


def hand_in(window: Window, **event: Any) -> tuple[dict[str, Any], list[wire.Page]]:
    """Bring a whole case with pictures; return its event and pages."""
    codes = ("application_form", "identity", "purchase_contract", "invoice", "maintenance_fund")
    pages = [wire.Page(code, picture(code), f"original {uuid.uuid4().hex}".encode()) for code in codes]
    sent = window.event(pages, **event)
    outcome = window.outcome(sent)
    assert outcome["result"] == "applied", outcome
    window.upload_all(pages)
    return sent, pages
