"""A session goes on in other hands: who signed in at the laptop takes it over, with what was open by then."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.rights import Act
from storage import facts, people, session_papers, sessions
from storage.rights import needs
from storage.values import Who


@needs(Act.SESSION)
def take_over(
    db: Database, who: Who, now: datetime, *, session_id: str, fact_id: str, note: str = ""
) -> Changes:
    """Make `who` the operator of the running session; papers name them from here on.

    The fact keeps from whom, how many drafts were open, and the receipts that were issued until then.
    InputError no_session if it does not run, session_is_yours, rights_ended.
    """
    running = sessions.current(db)
    if running is None or running.id != session_id:
        raise InputError("no_session")
    if running.operator_id == who.operator_id:
        raise InputError("session_is_yours")
    people.require_current(db, who.operator_id, now)
    counted, papers = sessions.figures(db, session_id), session_papers.figures(db, session_id)
    db.execute(
        "UPDATE sessions SET operator_id = ?, operator_name = ? WHERE id = ?",
        (who.operator_id, who.operator_name, session_id),
    )
    changes, _ = facts.note(
        db,
        who,
        now,
        fact_id=fact_id,
        topic=Topic.SESSION,
        subject=session_id,
        verb="handed_over",
        compound_id=running.compound_id,
        body={
            "from_id": running.operator_id,
            "from_name": running.operator_name,
            "drafts": counted.drafts,
            "receipts": papers.receipts,
            "last": papers.last_number,
            "note": note.strip(),
        },
    )
    return changes | Changes(sessions=True)
