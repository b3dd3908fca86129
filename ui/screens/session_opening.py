"""What the opening form asks for, done: a session opened here, or one of another laptop joined."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from registration.session import new_code, session_id_of
from storage import operations, site_sessions
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
        form.join_wanted.connect(self._join)
        form.code_wanted.connect(self._join_by_code)

    def _open_session(self, compound_id: str, title: str, starts: str, ends: str, helper: str) -> None:
        services = self._services
        who, now, fact = services.who, services.clock(), services.new_id()
        code = new_code(compound_id, fact)
        session_id = session_id_of(compound_id, code)
        run(
            self._form,
            services,
            lambda db: operations.open_session(
                db,
                who,
                now,
                session_id=session_id,
                fact_id=fact,
                compound_id=compound_id,
                title=title,
                starts=starts,
                ends=ends,
                helper_name=helper,
                code=code,
            ),
            lambda _: self.opened.emit(),
            self._form.show_failure,
        )

    def _join(self, session_id: str, helper: str) -> None:
        services = self._services
        who, now, fact = services.who, services.clock(), services.new_id()
        run(
            self._form,
            services,
            lambda db: site_sessions.join(
                db, who, now, session_id=session_id, fact_id=fact, helper_name=helper
            ),
            lambda _: self.opened.emit(),
            self._form.show_failure,
        )

    def _join_by_code(
        self, compound_id: str, title: str, starts: str, ends: str, helper: str, typed: str
    ) -> None:
        services = self._services
        who, now, fact = services.who, services.clock(), services.new_id()
        run(
            self._form,
            services,
            lambda db: site_sessions.join_by_code(
                db,
                who,
                now,
                compound_id=compound_id,
                typed=typed,
                fact_id=fact,
                title=title,
                starts=starts,
                ends=ends,
                helper_name=helper,
            ),
            lambda _: self.opened.emit(),
            self._form.show_failure,
        )
