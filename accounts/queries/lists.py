"""Lists, searches and counts of accounts by one description of who is wanted (semantics §19)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Bot, GroupMember, Role, Status, User
from accounts.profile import Profile
from accounts.queries.profiles import profiles_by_ids
from accounts.queries.visibility import Visibility
from messaging.models import ChannelMember, GroupChannel
from teams.models import GroupTeam, TeamMember

SYSTEM_USER, SYSTEM_ADMIN = "system_user", "system_admin"
STATUS_ORDER = {"online": 1, "away": 2, "dnd": 3}
OFFLINE_RANK = 4
WORDS_LIMIT = 20  # words of a search; each is a condition, and no name has so many
WORD_LIMIT = 129  # code points of one word: the longest address and an @


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts are wanted; what is empty does not narrow. The roles name alternatives, over all three kinds."""

    in_team: str = ""
    not_in_team: str = ""
    in_channel: str = ""
    not_in_channel: str = ""
    in_group: str = ""
    not_in_group: str = ""
    without_team: bool = False
    group_constrained: bool = False
    is_active: bool | None = None
    with_bots: bool = True
    roles: tuple[str, ...] = ()
    team_roles: tuple[str, ...] = ()
    channel_roles: tuple[str, ...] = ()
    visibility: Visibility | None = None


def select_users(wanted: Wanted) -> QuerySet[User]:
    """The wanted accounts, in no order."""
    rows = _by_place(User.objects.all(), wanted)
    if wanted.is_active is not None:
        rows = rows.filter(delete_at=0) if wanted.is_active else rows.exclude(delete_at=0)
    if not wanted.with_bots:
        rows = rows.exclude(id__in=Bot.objects.values("user_id"))
    if wanted.roles or wanted.team_roles or wanted.channel_roles:
        rows = rows.filter(_by_roles(wanted))
    if wanted.visibility:
        rows = rows.filter(wanted.visibility.condition())
    return rows


def _by_place(rows: QuerySet[User], wanted: Wanted) -> QuerySet[User]:
    if wanted.in_team:
        rows = rows.filter(id__in=_team(wanted.in_team).values("user_id"))
    if wanted.not_in_team:
        rows = rows.exclude(id__in=_team(wanted.not_in_team).values("user_id"))
    if wanted.in_channel:
        rows = rows.filter(id__in=_channel(wanted.in_channel).values("user_id"))
    if wanted.not_in_channel:
        rows = rows.exclude(id__in=_channel(wanted.not_in_channel).values("user_id"))
    if wanted.without_team:
        rows = rows.exclude(id__in=TeamMember.objects.filter(delete_at=0).values("user_id"))
    if wanted.in_group:
        rows = rows.filter(id__in=_group(wanted.in_group).values("user_id"))
    if wanted.not_in_group:
        rows = rows.exclude(id__in=_group(wanted.not_in_group).values("user_id"))
    if wanted.group_constrained:
        rows = rows.filter(id__in=_let_in_by_groups(wanted).values("user_id"))
    return rows


def _team(team_id: str) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(team_id=team_id, delete_at=0)


def _channel(channel_id: str) -> QuerySet[ChannelMember]:
    return ChannelMember.objects.filter(channel_id=channel_id)


def _group(group_id: str) -> QuerySet[GroupMember]:
    return GroupMember.objects.filter(group_id=group_id, delete_at=0)


def _let_in_by_groups(wanted: Wanted) -> QuerySet[GroupMember]:
    """Members of the groups that are let into the channel, or else the team, which the list is about."""
    members = GroupMember.objects.filter(delete_at=0)
    if channel_id := wanted.not_in_channel or wanted.in_channel:
        of_channel = GroupChannel.objects.filter(channel_id=channel_id, delete_at=0)
        return members.filter(group_id__in=of_channel.values("group_id"))
    of_team = GroupTeam.objects.filter(team_id=wanted.not_in_team or wanted.in_team, delete_at=0)
    return members.filter(group_id__in=of_team.values("group_id"))


def _by_roles(wanted: Wanted) -> Q:
    """Members and admins of a place are no system admins, plain users nothing else (recorded)."""
    found = Q(pk__in=[])
    for role in wanted.roles:
        found |= Q(roles=SYSTEM_USER) if role == SYSTEM_USER else Q(roles__contains=role)
    plain = ~Q(roles__contains=SYSTEM_ADMIN)
    for role in wanted.team_roles:
        found |= _of_place(Q(id__in=_team(wanted.in_team).filter(_flags(role)).values("user_id")), role, plain)
    for role in wanted.channel_roles:
        found |= _of_place(Q(id__in=_channel(wanted.in_channel).filter(_flags(role)).values("user_id")), role, plain)
    return found


def _of_place(members: Q, role: str, plain: Q) -> Q:
    return members if role.endswith("_guest") else members & plain


def _flags(role: str) -> Q:
    """The flags of a membership that a role of a place stands for; an explicit role by its name."""
    _, _, kind = role.rpartition("_")
    conditions = {
        "admin": Q(scheme_admin=True),
        "user": Q(scheme_user=True, scheme_admin=False),
        "guest": Q(scheme_guest=True),
    }
    return conditions.get(kind, Q(roles__contains=role))


def unknown_role(names: tuple[str, ...]) -> str:
    """The first of the names that no role has, ``""`` when all exist."""
    known = set(Role.objects.filter(name__in=names).values_list("name", flat=True)) if names else set()
    return next((name for name in names if name not in known), "")


def by_username(rows: QuerySet[User]) -> QuerySet[User]:
    """By user name."""
    return rows.order_by("username")


def by_creation(rows: QuerySet[User]) -> QuerySet[User]:
    """The newest accounts first."""
    return rows.order_by("-create_at", "username")


def by_status(rows: QuerySet[User]) -> QuerySet[User]:
    """Online, away, do not disturb, and the rest."""
    ranks = [When(status=status, then=Value(rank)) for status, rank in STATUS_ORDER.items()]
    rank = Case(*ranks, default=Value(OFFLINE_RANK), output_field=IntegerField())
    own = Status.objects.filter(user_id=OuterRef("id")).annotate(rank=rank).values("rank")[:1]
    return rows.annotate(rank=Coalesce(Subquery(own), Value(OFFLINE_RANK))).order_by("rank", "username")


def admins_first(rows: QuerySet[User], channel_id: str) -> QuerySet[User]:
    """The admins of a channel before the others."""
    admins = _channel(channel_id).filter(scheme_admin=True).values("user_id")
    rank = Case(When(id__in=admins, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(rank=rank).order_by("rank", "username")


def by_display_name(rows: QuerySet[User], *, full_names: bool) -> QuerySet[User]:
    """By nickname, else full name as far as it is shown, else user name."""
    shown = ["nickname", "first_name", "username"] if full_names else ["nickname", "username"]
    given = [When(~Q(**{name: ""}), then=name) for name in shown[:-1]]
    return rows.annotate(shown=Case(*given, default="username")).order_by("shown", "username")


def recently_active_page(rows: QuerySet[User], page: int, per_page: int) -> tuple[list[Profile], dict[str, int]]:
    """One page of those who ever had a status, the most recently active first; and when each was (ms)."""
    own = Status.objects.filter(user_id=OuterRef("id")).values("last_activity_at")[:1]
    known = rows.filter(id__in=Status.objects.values("user_id")).annotate(active_at=Subquery(own))
    ordered = known.order_by("-active_at", "username").values_list("id", "active_at")
    times = dict(ordered[page * per_page : (page + 1) * per_page])
    return profiles_by_ids(times), times


def page_of(rows: QuerySet[User], page: int, per_page: int) -> list[Profile]:
    """One page of a sorted list. Two statements."""
    ids = list(rows.values_list("id", flat=True)[page * per_page : (page + 1) * per_page])
    return profiles_by_ids(ids)


def last_change() -> int:
    """When any account changed last, ms."""
    return User.objects.aggregate(last=Max("update_at"))["last"] or 0


def count_users(wanted: Wanted) -> int:
    """How many accounts are wanted."""
    return select_users(wanted).count()


def matching(rows: QuerySet[User], term: str, *, full_names: bool, emails: bool) -> QuerySet[User]:
    """Those whose names hold every word of the term, in any case, or whose id it is; a leading @ does not count.

    First and last names are looked at with ``full_names``, addresses with ``emails``. A
    single letter counts only where a name begins: elsewhere it would find nearly everybody.
    """
    fields = ["username", "nickname"]
    fields += ["first_name", "last_name"] if full_names else []
    fields += ["email"] if emails else []
    words = term.split()
    if len(words) > WORDS_LIMIT or any(len(word) > WORD_LIMIT for word in words):
        return rows.none()
    for word in words:
        text = word.lstrip("@")
        lookup = "istartswith" if len(text) == 1 else "icontains"
        condition = Q(id=text)
        for field in fields:
            condition |= Q(**{f"{field}__{lookup}": text})
        rows = rows.filter(condition)
    return rows
