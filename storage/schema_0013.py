"""The thirteenth schema: how many items wait, and how many failed, is counted without reading them."""

from __future__ import annotations

SQL = """
CREATE INDEX outbox_tried ON outbox ((error_code <> ''), seq) WHERE state IN ('waiting', 'sending');
"""
