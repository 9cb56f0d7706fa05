"""What only PostgreSQL has: text search in channels and posts, sorted names, the views behind statistics."""

from __future__ import annotations

from django.db import migrations

from mattermost_site.schema_operations import PostgresIndex, PostgresIndexes, PostgresVacuum, PostgresView

CHANNEL_TEXT = "gin (to_tsvector('english', name || ' ' || displayname || ' ' || purpose))"

INDEXES = [
    PostgresIndex("channels", "idx_channel_search_txt", CHANNEL_TEXT),
    PostgresIndex("channels", "idx_channels_displayname_lower", "btree (lower(displayname))"),
    PostgresIndex("channels", "idx_channels_name_lower", "btree (lower(name))"),
    PostgresIndex("posts", "idx_posts_hashtags_txt", "gin (to_tsvector('english', hashtags))"),
    PostgresIndex("posts", "idx_posts_message_txt", "gin (to_tsvector('english', message))"),
    PostgresIndex("publicchannels", "idx_publicchannels_search_txt", CHANNEL_TEXT),
    PostgresIndex("publicchannels", "idx_publicchannels_displayname_lower", "btree (lower(displayname))"),
    PostgresIndex("publicchannels", "idx_publicchannels_name_lower", "btree (lower(name))"),
]

DAY = "to_timestamp(createat / 1000)::date"
POST_DAY = "to_timestamp(p.createat / 1000)::date"

POST_STATS = f"""
    SELECT userid, {DAY} AS day, count(*) AS numposts, max(createat) AS lastpostdate
    FROM posts GROUP BY userid, {DAY}
"""
POSTS_BY_TEAM_DAY = f"""
    SELECT {POST_DAY} AS day, count(*) AS num, c.teamid
    FROM posts AS p JOIN channels AS c ON p.channelid = c.id GROUP BY {POST_DAY}, c.teamid
"""
BOT_POSTS_BY_TEAM_DAY = f"""
    SELECT {POST_DAY} AS day, count(*) AS num, c.teamid
    FROM posts AS p JOIN bots AS b ON p.userid = b.userid JOIN channels AS c ON p.channelid = c.id
    GROUP BY {POST_DAY}, c.teamid
"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("accounts", "0001_initial")]

    operations = [
        PostgresIndexes(INDEXES),
        PostgresView("poststats", POST_STATS),
        PostgresIndexes([PostgresIndex("poststats", "idx_poststats_userid", "btree (userid)")]),
        PostgresView("posts_by_team_day", POSTS_BY_TEAM_DAY),
        PostgresView("bot_posts_by_team_day", BOT_POSTS_BY_TEAM_DAY),
        PostgresVacuum(["posts", "threadmemberships"]),
    ]
