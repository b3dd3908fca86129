"""The twenty-sixth schema: indexes by which the line, the doors and a visit under way are found at once."""

from __future__ import annotations

# The indexes of the slips left out rows without a session or a day; a query that names one cannot know that
# it may use them, and read all slips of all evenings.
SQL = """
DROP INDEX slips_session;
DROP INDEX slips_day;
CREATE INDEX slips_session ON slips (session_id, state);
CREATE INDEX slips_day ON slips (day, compound_id);
CREATE INDEX slips_called ON slips (id) WHERE state = 'called';
CREATE INDEX facts_issued ON facts (device_code, json_extract(body, '$.session_id'))
    WHERE topic = 'queue' AND verb = 'issued';
CREATE INDEX visits_underway ON visits (day, id) WHERE state = 'underway';
CREATE INDEX surveys_to_go ON surveys (day, household_id)
    WHERE state IN ('', 'planned', 'not_home') AND day <> '';
"""
