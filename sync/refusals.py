"""What a refusal of the centre means for this window: the wire's codes turned into problems with words."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from registration.errors import CentreError, Problem
from sync.contract import Refusal
from sync.status import Phase

# The centre no longer takes this device's or operator's signature. Nothing else stops the whole queue.
LOST_SIGN_IN = frozenset({"device_revoked", "device_unknown", "operator_refused"})
# Only a person's change of address or code can help.
UNENROLLABLE = frozenset({"enrolment_refused", "centre_address", "centre_not_secure"})
# The road or the centre is in trouble, not the fact that was being sent: the pass ends and is tried again.
ROAD = frozenset({"offline", "not_the_centre", "centre_busy", "clock_wrong", "proxy_refused"}) | LOST_SIGN_IN

_BY_CODE = {
    "revoked": "device_revoked",
    "unknown_device": "device_unknown",
    "bad_signature": "device_unknown",
    "forbidden": "operator_refused",
    "unknown_operator": "operator_refused",
    "operator_revoked": "operator_refused",
    "code_unknown": "enrolment_refused",
    "code_expired": "enrolment_refused",
    "code_used": "enrolment_refused",
    "bad_proof": "enrolment_refused",
    "too_busy": "centre_busy",
    "too_many_attempts": "centre_busy",
    "shutting_down": "centre_busy",
    "locked": "centre_busy",
}
# Damage on the way, not a verdict on the fact.
_ON_THE_WAY = frozenset({"replayed", "token_missing", "token_malformed", "wrong_target", "body_mismatch"})


def refusal_error(
    status: int, refusal: Refusal | None, clock_offset: float | None, retry_after: float | None
) -> CentreError:
    """Return the error for an answer that is not of 2xx.

    `clock_offset` is this machine's clock minus the centre's, in seconds. Without a Refusal in the body
    only a server error is believed: proxies answer for a centre that is down, and anything else may be
    a portal's page.
    """
    if status in {429, 503}:
        return CentreError("centre_busy", seconds=f"{retry_after or 0:.0f}")
    if refusal is None:
        return (
            CentreError("centre_error", status=str(status))
            if status >= 500
            else CentreError("not_the_centre")
        )
    if refusal.code == "clock_skew":
        return clock_error(clock_offset or 0.0)
    reason = {
        "reason": refusal.zh,
        "reason_zh": refusal.zh,
        "reason_en": refusal.en,
        "server_code": refusal.code,
    }
    if refusal.code in _BY_CODE:
        return CentreError(_BY_CODE[refusal.code], **reason)
    if refusal.code in _ON_THE_WAY:
        return CentreError("not_the_centre", **reason)
    if status >= 500:
        return CentreError("centre_error", status=str(status), **reason)
    return CentreError("centre_refused", **reason)


def clock_error(offset: float) -> CentreError:
    """Return the error that says by how much and in which direction this machine's clock is off."""
    ahead = offset > 0
    return CentreError(
        "clock_wrong",
        minutes=f"{max(abs(offset) / 60, 1):.0f}",
        direction="ahead" if ahead else "behind",
        direction_zh="快" if ahead else "慢",
        direction_en="ahead" if ahead else "behind",
    )


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or a date; None where it is absent or unreadable."""
    if not header:
        return None
    if header.strip().isdigit():
        return float(header)
    with contextlib.suppress(ValueError, TypeError):
        when = parsedate_to_datetime(header)
        return max((when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds(), 0.0)
    return None


def phase_of(problem: Problem, *, enrolled: bool, progressed: bool) -> Phase:
    """Return where the link stands after a pass that ended with a problem."""
    if problem.code == "clock_wrong":
        return Phase.CLOCK_WRONG
    if problem.code in UNENROLLABLE and not enrolled:
        return Phase.UNENROLLED
    if problem.code in LOST_SIGN_IN | UNENROLLABLE:
        return Phase.REFUSED
    # One fact that the centre cannot digest, among others that it took, is no dead road.
    return Phase.CONNECTED if problem.code == "centre_error" and progressed else Phase.OFFLINE
