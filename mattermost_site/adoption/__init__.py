"""Taking over the database that a Mattermost server left behind: what ``manage.py adopt`` does.

Nothing is changed in the tables that server made, except that session and personal
tokens are replaced by their digests (``tokens``). Our own tables are added beside them.
"""

from __future__ import annotations

from mattermost_site.adoption.guard import refuse_plain_tokens, refuse_unadopted
from mattermost_site.adoption.steps import Say, survey, take_over

__all__ = ["Say", "refuse_plain_tokens", "refuse_unadopted", "survey", "take_over"]
