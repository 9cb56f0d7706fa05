"""Searching posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission
from mattermost_site import config
from mattermost_site.api import ApiView
from mattermost_site.api.responses import json_response
from mattermost_site.errors import AppError, InvalidBodyParam
from messaging.api.post_lists import complete_list
from messaging.queries.post_pages import PostList, Reading
from messaging.queries.post_search import Scope, search_posts
from messaging.search.terms import parse_terms
from teams.permissions import require_team


@dataclass(frozen=True, slots=True)
class Question:
    """What a client asks for; pages after the first are always empty, whatever their size (recorded)."""

    terms: str
    any_word: bool
    offset: int
    archived: bool
    page: int


class PostSearch(ApiView):
    """Posts of all teams by words."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if not config.current().service.enable_cross_team_search:
            raise AppError("api.post.search_posts.all_teams_disabled.app_error", status=501)
        return self.answer("")

    def answer(self, team_id: str) -> HttpResponse:
        """What is found in the channels that the caller is in, of one team or of all."""
        question = self.question()
        if not question.terms:
            raise InvalidBodyParam("terms")
        if not config.current().service.enable_post_search:
            raise AppError("store.sql_post.search.disabled", status=501)
        response = json_response(self.found(question, team_id))
        response["Cache-Control"] = "no-cache, no-store, must-revalidate"
        return response

    def found(self, question: Question, team_id: str) -> dict[str, Any]:
        """The wire shape; ``matches`` is for indexes that tell which words they found."""
        hits = PostList()
        if question.page <= 0:
            scope = Scope(self.actor.user_id, team_id, question.archived)
            terms = parse_terms(question.terms, offset=question.offset)
            hits = search_posts(scope, terms, any_word=question.any_word)
        return complete_list(hits, Reading(self.actor.user_id), self.actor) | {"matches": None}

    def question(self) -> Question:
        """The body; ``api.post.search_posts.invalid_body.app_error`` when it is of another form."""
        try:
            body = self.body("search")
            body.number("per_page")
            return Question(
                terms=body.text("terms"),
                any_word=body.flag("is_or_search"),
                offset=body.number("time_zone_offset"),
                archived=body.flag("include_deleted_channels"),
                page=body.number("page"),
            )
        except InvalidBodyParam as error:
            raise AppError("api.post.search_posts.invalid_body.app_error", detailed=error.detailed) from error


class TeamPostSearch(PostSearch):
    """Posts of a team, and direct ones, by words."""

    def post(self, request: HttpRequest, team_id: str) -> HttpResponse:  # type: ignore[override]
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        return self.answer(team_id)
