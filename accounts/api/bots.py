"""Bots: making, reading, changing, disabling, giving away, and turning accounts into them and back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.actions import activation, bot_conversion
from accounts.actions import bots as actions
from accounts.actions.bots import BotChange
from accounts.actions.profiles import ProfileChange
from accounts.api.auditing import note
from accounts.api.users import MAPS, TEXTS
from accounts.bots import BotAccount
from accounts.errors import NoSuchBot
from accounts.models import Bot, User
from accounts.permissions import Permission, has_system, reads_bot, require_manage_bot, require_system
from accounts.queries import user_by_id
from accounts.queries.bots import bot_account, bot_accounts, bot_rows
from accounts.serializers import SELF, bot_json, user_json
from mattermost_site.api import ApiView, Body, created, json_response, not_modified
from mattermost_site.api.responses import etag_of, with_etag
from mattermost_site.errors import InvalidBodyParam, PermissionDenied


class Bots(ApiView):
    """The collection of bots."""

    def get(self, request: HttpRequest) -> HttpResponse:
        owner_id = ""
        if not has_system(self.actor, Permission.READ_OTHERS_BOTS):
            if not has_system(self.actor, Permission.READ_BOTS):
                raise PermissionDenied(Permission.READ_BOTS)
            owner_id = self.actor.user_id
        found = bot_accounts(
            owner_id=owner_id,
            include_deleted=self.query.flag("include_deleted"),
            only_orphaned=self.query.flag("only_orphaned"),
            page=self.query.page,
            per_page=self.query.per_page,
        )
        return _tagged(request, [bot_json(bot) for bot in found], _list_etag(found))

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = _change(self)
        require_system(self.actor, Permission.CREATE_BOT)
        bot = actions.create_bot(actor=self.actor, wanted=wanted)
        note(self, f"bot={bot.user_id}")
        return created(bot_json(bot))


def _change(view: ApiView) -> BotChange:
    """What the body asks for; null, which elsewhere counts as nothing, is refused (recorded)."""
    body = view.body("bot")
    if view.request.body.strip() == b"null":
        raise InvalidBodyParam("bot")
    names = ("username", "display_name", "description")
    return BotChange(**{name: body.text(name) for name in names if name in body})


def _list_etag(bots: list[BotAccount]) -> str:
    """The newest change, and how many there are: a bot that leaves the list changes nothing else."""
    newest = max(bots, key=lambda bot: bot.seen_update_at, default=None)
    return etag_of(newest.user_id, newest.seen_update_at, len(bots)) if newest else etag_of("0", 0, 0)


def _tagged(request: HttpRequest, data: Any, etag: str) -> HttpResponse:
    return not_modified(request, etag) or with_etag(json_response(data), etag)


class BotDetail(ApiView):
    """One bot."""

    def get(self, request: HttpRequest, bot_user_id: str) -> HttpResponse:
        bot = bot_account(bot_user_id, include_deleted=self.query.flag("include_deleted"))
        if not reads_bot(self.actor, bot.owner_id):
            raise NoSuchBot
        return _tagged(request, bot_json(bot), etag_of(bot.user_id, bot.seen_update_at))

    def put(self, request: HttpRequest, bot_user_id: str) -> dict[str, Any]:
        change = _change(self)
        user, bot = _access(self, bot_user_id)
        return bot_json(actions.update_bot(user=user, bot=bot, change=change))


def _access(view: ApiView, bot_user_id: str) -> tuple[User, Bot]:
    """The bot, disabled ones too, when the caller may manage it; NoSuchBot or PermissionDenied otherwise."""
    user, bot = bot_rows(bot_user_id)
    require_manage_bot(view.actor, bot.owner_id)
    return user, bot


class BotDisable(ApiView):
    """Stops a bot."""

    def post(self, request: HttpRequest, bot_user_id: str) -> dict[str, Any]:
        user, bot = _access(self, bot_user_id)
        note(self, user_id=user.id)
        return bot_json(activation.disable_bot(user=user, bot=bot))


class BotEnable(ApiView):
    """Has a bot work again."""

    def post(self, request: HttpRequest, bot_user_id: str) -> dict[str, Any]:
        user, bot = _access(self, bot_user_id)
        note(self, user_id=user.id)
        return bot_json(activation.enable_bot(user=user, bot=bot))


class BotAssign(ApiView):
    """Gives a bot to another owner."""

    def post(self, request: HttpRequest, bot_user_id: str, user_id: str) -> dict[str, Any]:
        user, bot = _access(self, bot_user_id)
        account = actions.assign_bot(user=user, bot=bot, owner_id=user_id)
        note(self, f"owner={user_id}", user_id=user.id)
        return bot_json(account)


class BotToUser(ApiView):
    """Makes a bot a person, who is answered as a bot still (recorded)."""

    def post(self, request: HttpRequest, bot_user_id: str) -> dict[str, Any]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        user, bot = bot_rows(bot_user_id)
        if bot.delete_at:
            raise NoSuchBot
        body = self.body("userPatch")
        if not body.text("password"):
            raise InvalidBodyParam("userPatch")
        bot_conversion.make_person_of(
            user=user,
            bot=bot,
            change=_profile(body),
            password=body.text("password"),
            is_admin=self.query.flag("set_system_admin"),
        )
        note(self, user_id=user.id)
        return user_json(user, SELF, bot=bot)


def _profile(body: Body) -> ProfileChange:
    texts = {name: body.text(name) for name in TEXTS if name in body}
    maps = {name: body.text_map(name) for name in MAPS if name in body}
    return ProfileChange(**texts, **maps)  # type: ignore[arg-type] # texts and maps by their names


class UserToBot(ApiView):
    """Makes a person a bot."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        bot = bot_conversion.make_bot_of(user=user_by_id(user_id))
        note(self, user_id=user_id)
        return bot_json(bot)
