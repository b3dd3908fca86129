"""The twenty-fourth schema: which program tried last what the feed had set aside."""

from __future__ import annotations

SQL = """
CREATE TABLE feed_tried (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    program TEXT NOT NULL
) STRICT;
INSERT INTO feed_tried VALUES (1, '');
CREATE INDEX feed_kept_kind ON feed_kept (kind, seq);
-- until now nobody noted whether a later item had replaced these
UPDATE feed_kept SET why = 'overtaken'
    WHERE kind IN ('status', 'compound', 'ledger', 'operator', 'device_key');
"""
