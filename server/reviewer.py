"""The demonstration's automatic reviewer, which says in every decision that it is one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine

from registration.application import CaseState
from server.errors import RefusedError
from server.store.database import transaction
from server.store.review import Decision, decide, ready_for_acceptance

ACTOR = "automatic-demonstration-reviewer"
_LABEL_ZH = "演示中心自动受理，不具法律效力。"
_LABEL_EN = "Accepted automatically by the demonstration centre; without legal effect."


def accept_whole_cases(engine: Engine, now: datetime, wait: timedelta) -> int:
    """Accept every case that has been whole for `wait`; return how many."""
    with transaction(engine) as connection:
        waiting = ready_for_acceptance(connection, now - wait)
    accepted = 0
    for application_id in waiting:
        decision = Decision(CaseState.ACCEPTED, ACTOR, reason_zh=_LABEL_ZH, reason_en=_LABEL_EN)
        try:
            with transaction(engine) as connection:
                decide(connection, now, application_id, decision)
            accepted += 1
        except RefusedError:
            continue  # a person was faster
    return accepted
