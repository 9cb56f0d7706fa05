"""The table of the API's endpoints: what is served, and what a request for the rest is answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path, re_path
from django.views import View

from mattermost_site.api.endpoints import served_by, shape_of, table
from mattermost_site.api.missing import answer_missing, find_endpoint
from mattermost_site.errors import AppError, NoSuchRoute


class Read(View):
    """A view that reads."""

    def get(self, request: HttpRequest, **values: str) -> HttpResponse:
        """Nothing."""
        return HttpResponse()


class Write(View):
    """A view that could delete, but is not allowed to."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **values: str) -> HttpResponse:
        """Nothing."""
        return HttpResponse()

    delete = post


def anything(request: HttpRequest, **values: str) -> HttpResponse:
    """A plain function."""
    return HttpResponse()


API = [
    path("users/<str:user_id>", Read.as_view()),
    path("users/<str:user_id>/teams/<slug:team_id>/drafts", Write.as_view()),
    path("system/ping", anything),
    re_path(r".*", anything),
]
urlpatterns = [path("api/v4/", include(API)), re_path(r"^api/v4/.*$", anything)]


@pytest.fixture
def site_map() -> Iterator[None]:
    """Serves the few routes above instead of the real ones."""
    with override_settings(ROOT_URLCONF=__name__):
        yield


def refusal(method: str, address: str) -> AppError:
    """What a request that no view answers is refused with."""
    with pytest.raises(AppError) as caught:
        answer_missing(RequestFactory().generic(method, address))
    return caught.value


class TestTable:
    def test_it_holds_every_endpoint_of_the_api(self) -> None:
        assert len(table()) == 566

    def test_no_method_and_path_comes_twice(self) -> None:
        assert [key for key, count in Counter((row.method, row.shape) for row in table()).items() if count > 1] == []

    def test_every_value_is_a_whole_segment(self) -> None:
        segments = {segment for row in table() for segment in row.path.split("/") if "{" in segment}
        assert [segment for segment in segments if not re.fullmatch(r"\{[A-Za-z_]+\}", segment)] == []

    def test_every_endpoint_is_found_by_its_own_path(self) -> None:
        lost = [row for row in table() if find_endpoint(row.method, row.path) is not row]
        assert lost == []


class TestFinding:
    def test_a_value_matches_one_segment(self) -> None:
        endpoint = find_endpoint("GET", "/api/v4/users/abc")
        assert endpoint and endpoint.path == "/api/v4/users/{user_id}"

    def test_a_value_does_not_match_two_segments(self) -> None:
        assert find_endpoint("GET", "/api/v4/posts/a/b") is None

    def test_a_value_does_not_match_nothing(self) -> None:
        assert find_endpoint("GET", "/api/v4/users/") is None

    def test_a_literal_goes_before_a_value(self) -> None:
        endpoint = find_endpoint("GET", "/api/v4/users/known")
        assert endpoint and endpoint.path == "/api/v4/users/known"

    def test_a_literal_of_another_method_does_not_hide_a_value(self) -> None:
        endpoint = find_endpoint("GET", "/api/v4/users/search")
        assert endpoint and endpoint.path == "/api/v4/users/{user_id}"

    def test_the_method_counts(self) -> None:
        assert find_endpoint("POST", "/api/v4/system/ping") is None

    def test_a_path_of_very_many_segments_is_no_trouble(self) -> None:
        assert find_endpoint("GET", "/api/v4/users" + "/a" * 100_000) is None


class TestShapes:
    def test_a_route_and_a_path_of_the_table_have_the_same_shape(self) -> None:
        assert shape_of("/users/<id:user_id>/teams/<slug:x>") == shape_of("/users/{user_id}/teams/{team_id}")

    def test_a_view_serves_the_methods_that_it_handles(self) -> None:
        assert ("GET", "/api/v4/users/{}") in served_by(__name__)

    def test_a_view_that_reads_answers_head_too(self) -> None:
        assert ("HEAD", "/api/v4/users/{}") in served_by(__name__)

    def test_a_view_does_not_serve_the_methods_that_it_lacks(self) -> None:
        assert ("PUT", "/api/v4/users/{}") not in served_by(__name__)

    def test_a_view_does_not_serve_the_methods_that_it_forbids(self) -> None:
        assert ("DELETE", "/api/v4/users/{}/teams/{}/drafts") not in served_by(__name__)

    def test_the_last_resort_serves_nothing(self) -> None:
        assert {shape for _, shape in served_by(__name__)} == {
            "/api/v4/users/{}",
            "/api/v4/users/{}/teams/{}/drafts",
            "/api/v4/system/ping",
        }


@pytest.mark.usefixtures("site_map")
class TestAnswer:
    def test_an_endpoint_that_is_not_served_is_answered_501(self) -> None:
        error = refusal("DELETE", "/api/v4/users/abc")
        assert (error.id, error.status) == ("api.not_implemented.app_error", 501)

    def test_the_missing_operation_is_named(self) -> None:
        assert refusal("DELETE", "/api/v4/users/abc").params == {"Operation": "DeleteUser"}

    def test_a_value_that_a_served_route_does_not_take_is_answered_404(self) -> None:
        assert isinstance(refusal("GET", "/api/v4/users/with.dots"), NoSuchRoute)

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_what_a_plain_function_serves_is_answered_404(self, method: str) -> None:
        assert isinstance(refusal(method, "/api/v4/system/ping"), NoSuchRoute)

    @pytest.mark.parametrize(
        ("method", "address"),
        [
            ("GET", "/api/v4/nothing/here"),
            ("GET", "/api/v4/system"),
            ("GET", "/api/v4/users/me/nothing"),
            ("PUT", "/api/v4/system/timezones"),
            ("POST", "/api/v4/system/ping"),
            ("GET", "/api/v4/teams/abc/posts/search"),
            ("POST", "/api/v4/teams/abc/channels/search_archived"),
            ("GET", "/api/v4/channels/abc/unread"),
            ("GET", "/api/v4/"),
        ],
    )
    def test_what_the_recorded_server_does_not_know_is_answered_404(self, method: str, address: str) -> None:
        assert isinstance(refusal(method, address), NoSuchRoute)

    def test_what_is_described_but_was_never_routed_is_answered_404(self) -> None:
        assert isinstance(refusal("GET", "/api/v4/bots/abc/icon"), NoSuchRoute)


@pytest.mark.usefixtures("site_map")
class TestCommand:
    @staticmethod
    def lines(*arguments: str) -> list[str]:
        out = StringIO()
        call_command("endpoints", *arguments, stdout=out, no_color=True)
        return [" ".join(line.split()) for line in out.getvalue().splitlines() if line]

    def test_it_lists_what_is_served(self) -> None:
        assert "served GET /api/v4/users/{user_id} GetUser" in self.lines("--implemented")

    def test_it_lists_only_what_is_served_when_asked(self) -> None:
        states = {line.split()[0] for line in self.lines("--implemented", "--area", "users")}
        assert states == {"users:", "served", "total:"}

    def test_it_lists_what_is_missing(self) -> None:
        assert "missing DELETE /api/v4/users/{user_id} DeleteUser" in self.lines("--missing")

    def test_it_marks_what_was_never_routed(self) -> None:
        assert "unrouted GET /api/v4/bots/{bot_user_id}/icon GetBotIconImage" in self.lines()

    def test_it_lists_every_endpoint(self) -> None:
        assert sum(line.split()[0] in ("served", "missing", "unrouted") for line in self.lines()) == len(table())

    def test_it_lists_one_area_by_its_name_in_any_case(self) -> None:
        assert [line for line in self.lines("--area", "OAuth") if "/api/v4/" in line and "/oauth/" not in line] == []

    def test_it_ends_with_the_totals(self) -> None:
        assert self.lines("--area", "bots")[-1] == "total: 0 of 9 served, 9 missing"

    def test_it_names_the_areas_when_it_does_not_know_one(self) -> None:
        with pytest.raises(CommandError, match="channels"):
            self.lines("--area", "nonsense")
