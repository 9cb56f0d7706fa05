"""Files: what is known of them, and their bytes."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from tests.adoption.wire import ALIVE, Adopted, archived_files, differences


def file_infos(server: Adopted) -> list[str]:
    """What is known of each file; its place in the store is nobody's business."""
    rows = server.rows(f"fileinfo {ALIVE}")
    answers = [server.get(f"/files/{row['id']}/info") for row in rows]
    hidden = ["path", "thumbnailpath", "previewpath", "content", "minipreview"]
    out = differences(answers, rows, hidden=hidden, creatorid="user_id")
    pictures = {row["id"]: base64.b64encode(row["minipreview"]).decode() for row in rows if row["minipreview"]}
    shown = {answer["id"]: answer["mini_preview"] for answer in answers if answer.get("mini_preview")}
    return out + ([] if shown == pictures else ["small previews differ"])


def files(server: Adopted) -> list[str]:
    """The bytes of each file, its thumbnail and its preview."""
    places = {"path": "", "thumbnailpath": "/thumbnail", "previewpath": "/preview"}
    rows = server.rows(f"fileinfo {ALIVE}")
    return _bytes(server, ((row[column], f"/files/{row['id']}{end}") for row in rows for column, end in places.items()))


def emoji_pictures(server: Adopted) -> list[str]:
    """The bytes of each custom emoji's picture."""
    rows = server.rows(f"emoji {ALIVE}")
    return _bytes(server, ((f"emoji/{row['id']}/image", f"/emoji/{row['id']}/image") for row in rows))


def profile_pictures(server: Adopted) -> list[str]:
    """The bytes of each profile picture that somebody uploaded; others are made anew from a letter."""
    rows = server.rows("users WHERE lastpictureupdate > 0")
    return _bytes(server, ((f"users/{row['id']}/profile.png", f"/users/{row['id']}/image") for row in rows))


def _bytes(server: Adopted, pairs: Iterable[tuple[str, str]]) -> list[str]:
    stored = archived_files()
    return [f"{path} is not {place}" for place, path in pairs if place and server.content(path) != stored[place]]
