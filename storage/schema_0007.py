"""The seventh schema: how this machine uses the link, home-visit orders, arrival certificates."""

from __future__ import annotations

SQL = """
CREATE TABLE link (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    mode TEXT NOT NULL DEFAULT 'running' CHECK (mode IN ('running', 'facts_only', 'paused')),
    limit_kbit INTEGER NOT NULL DEFAULT 0 CHECK (limit_kbit >= 0), -- kbit/s up, 0 for as fast as it goes
    metered TEXT NOT NULL DEFAULT 'detect' CHECK (metered IN ('detect', 'always', 'never')),
    proxy TEXT NOT NULL DEFAULT '',
    authorities TEXT NOT NULL DEFAULT '', -- PEM; '' for the system's
    pin TEXT NOT NULL DEFAULT '' -- SHA-256 hex of the centre's public key (SPKI)
) STRICT;
INSERT INTO link (one) VALUES (1);

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL, -- of the feed item that it is as of
    body TEXT NOT NULL CHECK (json_valid(body)),
    received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE arrivals (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    asked_at TEXT NOT NULL,
    statement TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(statement)), -- '{}': the centre lacks something
    signature TEXT NOT NULL DEFAULT '',
    lacking TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(lacking)), -- application ids that the centre lacks
    CHECK ((signature = '') = (statement = '{}'))
) STRICT;

CREATE INDEX outbox_held ON outbox (seq) WHERE state = 'acknowledged';
"""
