"""Events about a case that the centre has: withdrawn by the applicant, or its receipt declared void."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from server.store.intake_rules import Refusal, has_unstorable
from sync.contract import Event, NoticeBody, canonical, sha256_hex

SUBMITTED = "application_submitted"
WITHDRAWN = "application_withdrawn"


@dataclass(frozen=True)
class Notice:
    """A well-formed event that is no submission."""

    kind: str
    body: NoticeBody

    @property
    def withdraws(self) -> bool:
        return self.kind == WITHDRAWN


def read_notice(event: Event) -> Notice | Refusal:
    """Read an event's body, or say what is wrong with its form."""
    try:
        if sha256_hex(canonical(event.body)) != event.body_digest:
            return Refusal("body_digest")
        body = NoticeBody.model_validate(event.body)
    except (ValidationError, ValueError, TypeError):
        return Refusal("body_malformed")
    about = (body.application_id, body.revision) == (event.application_id, event.revision)
    if not about or event.digests or has_unstorable(event.body) or event.base_revision != event.revision:
        return Refusal("body_malformed")
    if not body.reason.strip():
        return Refusal("reason_missing")
    return Notice(event.kind, body)
