"""What the opening form asks for, done: a session opened here, or one of another laptop joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from registration.session import new_code, session_id_of
from registration.session_team import Setting
from storage import operations, session_plans, site_sessions
from ui.run import run
from ui.screens.session_form import SessionForm
from ui.services import Services


class SessionOpening(QObject):
    """SessionOpening(services, form): `opened` once a session runs here; the form says why one does not."""

    opened = Signal()

    def __init__(self, services: Services, form: SessionForm) -> None:
        super().__init__(form)
        self._services = services
        self._form = form
        form.open_wanted.connect(self._open_session)
        form.plan_wanted.connect(self._open_planned)
        form.join_wanted.connect(self._join)
        form.code_wanted.connect(self._join_by_code)

    def _open_session(self, compound_id: str, title: str, starts: str, ends: str, setting: Setting) -> None:
        fact = self._services.new_id()
        code = new_code(compound_id, fact)
        self._run(
            operations.open_session,
            session_id=session_id_of(compound_id, code),
            fact_id=fact,
            compound_id=compound_id,
            title=title,
            starts=starts,
            ends=ends,
            helper_name=setting.helper,
            code=code,
            setting=setting,
        )

    def _open_planned(self, plan_id: str, title: str, starts: str, ends: str, setting: Setting) -> None:
        self._run(
            session_plans.open_planned,
            plan_id=plan_id,
            plan_fact_id=self._services.new_id(),
            fact_id=self._services.new_id(),
            title=title,
            starts=starts,
            ends=ends,
            setting=setting,
        )

    def _join(self, session_id: str, setting: Setting) -> None:
        self._run(
            site_sessions.join,
            session_id=session_id,
            fact_id=self._services.new_id(),
            helper_name=setting.helper,
            team=setting.team,
        )

    def _join_by_code(
        self, compound_id: str, title: str, starts: str, ends: str, setting: Setting, typed: str
    ) -> None:
        self._run(
            site_sessions.join_by_code,
            compound_id=compound_id,
            typed=typed,
            fact_id=self._services.new_id(),
            title=title,
            starts=starts,
            ends=ends,
            helper_name=setting.helper,
            team=setting.team,
        )

    def _run(self, operation: Callable[..., object], **given: Any) -> None:
        services = self._services
        who, now = services.who, services.clock()
        run(
            self._form,
            services,
            lambda db: operation(db, who, now, **given),
            lambda _: self.opened.emit(),
            self._form.show_failure,
        )
