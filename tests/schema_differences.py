"""Where our PostgreSQL schema differs from the given one, each with the reason.

Keys are what tests/test_schema_catalogue.py calls them: ``posts.createat``,
``index posts.idx_posts_create_at``, ``constraint posts PRIMARY KEY (id)``, ``enum team_type``,
``view poststats``. The test fails on a difference that is not listed, and on a listed
one that is none any more.
"""

from __future__ import annotations

DIFFERENCES: dict[str, str] = {}
