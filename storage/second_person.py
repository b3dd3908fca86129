"""Another person's confirmation, kept where it cannot be gone round: by the operations that need one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from registration.errors import InputError
from registration.rights import PAIRED, PairedAct, may, role_of
from storage.rows import one
from storage.values import Who


@dataclass(frozen=True)
class Alone:
    """That nobody else at this machine can confirm; only the door of the machine knows, and says, so."""

    reason: str


Second = Who | Alone


def require_second(
    db: Database, act: PairedAct, who: Who, second: Second | None, *, about: str = ""
) -> dict[str, str]:
    """Return what the audit row says of the confirmation: `second` and `second_name`, or `alone`.

    `about`: the id of the person whom the act is about. InputError second_person_missing where nobody
    confirmed, second_person_unable where that is not another active person with the act,
    alone_reason_missing.
    """
    rule = PAIRED[act]
    if second is None or (isinstance(second, Alone) and not rule.may_be_alone):
        raise InputError("second_person_missing")
    if isinstance(second, Alone):
        if not second.reason.strip():
            raise InputError("alone_reason_missing", field="reason")
        return {"alone": second.reason.strip()}
    # The role as the team has it now, whatever the value says.
    found = one(db, "SELECT role FROM operators WHERE id = ? AND active", (second.operator_id,))
    others = second.operator_id not in (who.operator_id, about)
    if found is None or not others or not may(role_of(found["role"]), rule.act):
        raise InputError("second_person_unable", field="account")
    return {"second": second.operator_id, "second_name": second.operator_name}
