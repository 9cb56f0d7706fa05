"""The admin's log refers to users without a foreign key.

With one, a user who has ever worked in the System Console could not be deleted for good by
the other server, which does not know the log, and a table of ours would bind one of the given ones.
"""

from __future__ import annotations

from django.db import migrations

from mattermost_site.schema_operations import Statements

KEY = "django_admin_log_user_id_c564eba6_fk_users_id"
DROP = [f"ALTER TABLE django_admin_log DROP CONSTRAINT {KEY}"]
ADD = [
    f"ALTER TABLE django_admin_log ADD CONSTRAINT {KEY} FOREIGN KEY (user_id) REFERENCES users (id)"
    " DEFERRABLE INITIALLY DEFERRED"
]


class Migration(migrations.Migration):
    dependencies = [
        ("mattermost_site", "0003_installation"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [Statements(DROP, ADD)]
