"""The search index of posts, a table of ours, in the form of the database at hand (messaging/search/engines)."""

from __future__ import annotations

from django.db import migrations

from mattermost_site.schema_operations import Statements

POSTGRES = [
    "CREATE TABLE site_postsearch (post_id character varying(26) PRIMARY KEY, "
    "update_at bigint NOT NULL, tokens tsvector NOT NULL)",
    "CREATE INDEX site_postsearch_tokens ON site_postsearch USING gin (tokens)",
]
SQLITE = [
    "CREATE TABLE site_postsearch (id integer PRIMARY KEY, post_id varchar(26) NOT NULL UNIQUE, "
    "update_at bigint NOT NULL, tokens text NOT NULL, kept text NOT NULL, tags text NOT NULL)",
    # Our tokenizer has split already: this one sees blanks, letters, digits and the signs of hashtags.
    "CREATE VIRTUAL TABLE site_postsearch_fts USING fts5(tokens, kept, tags, content = 'site_postsearch', "
    "content_rowid = 'id', columnsize = 0, tokenize = \"ascii tokenchars '#._-'\")",
    "CREATE TRIGGER site_postsearch_added AFTER INSERT ON site_postsearch BEGIN "
    "INSERT INTO site_postsearch_fts (rowid, tokens, kept, tags) VALUES (new.id, new.tokens, new.kept, new.tags); END",
    "CREATE TRIGGER site_postsearch_removed AFTER DELETE ON site_postsearch BEGIN "
    "INSERT INTO site_postsearch_fts (site_postsearch_fts, rowid, tokens, kept, tags) "
    "VALUES ('delete', old.id, old.tokens, old.kept, old.tags); END",
    "CREATE TRIGGER site_postsearch_changed AFTER UPDATE ON site_postsearch BEGIN "
    "INSERT INTO site_postsearch_fts (site_postsearch_fts, rowid, tokens, kept, tags) "
    "VALUES ('delete', old.id, old.tokens, old.kept, old.tags); "
    "INSERT INTO site_postsearch_fts (rowid, tokens, kept, tags) VALUES (new.id, new.tokens, new.kept, new.tags); END",
]
DROP = ["DROP TABLE site_postsearch"]


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_postgres")]

    operations = [
        Statements(POSTGRES, DROP),
        Statements(SQLITE, ["DROP TABLE site_postsearch_fts", *DROP], vendor="sqlite"),
    ]
