"""A resident's rating on its way to the centre: nobody at the window can see what anybody said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from registration.changes import Changes
from registration.facts import Fact, Topic
from registration.rating import RatingScale, rating_body
from registration.rights import Act
from storage import audit, facts
from storage.rights import needs
from storage.values import Who


@needs(Act.QUEUE)
def rate(
    db: Database,
    who: Who,
    now: datetime,
    *,
    rating_id: str,
    compound_id: str,
    scale: RatingScale,
    level: str,
    reasons: Sequence[str] = (),
) -> Changes:
    """Note one rating of an evening at a compound, without the case, the person, the operator or the hour.

    `rating_id` says nothing of its moment, as a time-ordered id would; the fact has the day alone, and the
    audit row says that somebody rated, not what. Raises InputError rating_unknown, rating_reason_missing.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    body = rating_body(scale, level, tuple(reasons))
    fact = Fact(rating_id, Topic.RATING, rating_id, "given", compound_id, day, who.device_code, "", "", body)
    audit.append(db, who, now, "rating_given", compound_id)
    return facts.put(db, day, fact)
