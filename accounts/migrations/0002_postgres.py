"""What only PostgreSQL has: text search and case-insensitive prefixes of names, the view of properties."""

from __future__ import annotations

from django.db import migrations

from mattermost_site.schema_operations import PostgresIndex, PostgresIndexes, PostgresVacuum, PostgresView

INDEXES = [
    PostgresIndex(
        "users",
        "idx_users_all_no_full_name_txt",
        "gin (to_tsvector('english', username || ' ' || nickname || ' ' || email))",
    ),
    PostgresIndex(
        "users",
        "idx_users_all_txt",
        "gin (to_tsvector('english', username || ' ' || firstname || ' ' || lastname || ' ' || nickname"
        " || ' ' || email))",
    ),
    PostgresIndex(
        "users",
        "idx_users_names_no_full_name_txt",
        "gin (to_tsvector('english', username || ' ' || nickname))",
    ),
    PostgresIndex(
        "users",
        "idx_users_names_txt",
        "gin (to_tsvector('english', username || ' ' || firstname || ' ' || lastname || ' ' || nickname))",
    ),
    PostgresIndex("users", "idx_users_email_lower_textpattern", "btree (lower(email) text_pattern_ops)"),
    PostgresIndex("users", "idx_users_firstname_lower_textpattern", "btree (lower(firstname) text_pattern_ops)"),
    PostgresIndex("users", "idx_users_lastname_lower_textpattern", "btree (lower(lastname) text_pattern_ops)"),
    PostgresIndex("users", "idx_users_nickname_lower_textpattern", "btree (lower(nickname) text_pattern_ops)"),
    PostgresIndex("users", "idx_users_username_lower_textpattern", "btree (lower(username) text_pattern_ops)"),
]

# Each target with its properties by name; of options, the names stand instead of the ids.
ATTRIBUTE_VIEW = """
    SELECT pv.groupid, pv.targetid, pv.targettype,
        jsonb_object_agg(pf.name, CASE
            WHEN pf.type = 'select' THEN (
                SELECT to_jsonb(options.name)
                FROM jsonb_to_recordset(pf.attrs -> 'options') AS options(id text, name text)
                WHERE options.id = pv.value #>> '{}'
                LIMIT 1)
            WHEN pf.type = 'multiselect' AND jsonb_typeof(pv.value) = 'array' THEN (
                SELECT jsonb_agg(option_names.name)
                FROM jsonb_array_elements_text(pv.value) AS option_id
                JOIN jsonb_to_recordset(pf.attrs -> 'options') AS option_names(id text, name text)
                    ON option_id.value = option_names.id)
            ELSE pv.value
        END) AS attributes
    FROM propertyvalues AS pv
    LEFT JOIN propertyfields AS pf ON pf.id = pv.fieldid
    WHERE (pv.deleteat = 0 OR pv.deleteat IS NULL) AND (pf.deleteat = 0 OR pf.deleteat IS NULL)
    GROUP BY pv.groupid, pv.targetid, pv.targettype
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        PostgresIndexes(INDEXES),
        PostgresView("attributeview", ATTRIBUTE_VIEW),
        PostgresVacuum(["preferences"]),
    ]
