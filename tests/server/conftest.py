"""One real centre for a whole run of these tests, and windows that are enrolled with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from server.embedded import running_url
from server.store.database import open_engine, transaction
from server.store.devices import issue_code
from tests.centre import Centre, start_centre
from tests.server.window import Window

NewWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A demonstration centre whose reviewer does not come for an hour."""
    with start_centre(tmp_path_factory.mktemp("centre"), accept_after=3600) as running:
        yield running


@pytest.fixture(scope="session")
def engine(centre: Centre) -> Iterator[Engine]:
    """The running centre's own database."""
    url = running_url(centre.data_dir / "postgres")
    assert url is not None
    opened = open_engine(url, connections=8)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def new_code(engine: Engine) -> Callable[..., str]:
    """Issue an enrolment code: `new_code(sites=None, hours=1, new_operators=False)`."""

    def issue(*, sites: list[str] | None = None, hours: float = 1, new_operators: bool = False) -> str:
        with transaction(engine) as connection:
            return issue_code(
                connection,
                datetime.now(UTC),
                actor="test",
                valid=timedelta(hours=hours),
                sites=sites,
                new_operators=new_operators,
            )

    return issue


@pytest.fixture
def new_window(centre: Centre, new_code: Callable[..., str]) -> NewWindow:
    """Enrol another window: `new_window(sites=None)`."""

    def enrol(*, sites: list[str] | None = None, account: str = "wang") -> Window:
        window = Window(centre.url)
        answer = window.enrol(new_code(sites=sites), account=account)
        assert answer.status == 200, answer.body
        return window

    return enrol


@pytest.fixture
def window(new_window: NewWindow) -> Window:
    return new_window()


@pytest.fixture
def log_of(centre: Centre) -> Path:
    return centre.log
