"""What a retention policy covers goes with it, on every database."""

from __future__ import annotations

import pytest

from teams.models import RetentionPolicy, RetentionPolicyChannel, RetentionPolicyTeam

pytestmark = pytest.mark.django_db

POLICY, OTHER, TARGET = "p" * 26, "o" * 26, "t" * 26


@pytest.mark.parametrize("model", [RetentionPolicyChannel, RetentionPolicyTeam])
@pytest.mark.parametrize(("deleted", "left"), [(POLICY, 0), (OTHER, 1)])
def test_it_takes_what_it_covers_along(
    model: type[RetentionPolicyChannel] | type[RetentionPolicyTeam], deleted: str, left: int
) -> None:
    for policy_id in (POLICY, OTHER):
        RetentionPolicy.objects.create(id=policy_id, display_name="policy", post_duration=30)
    model.objects.create(pk=TARGET, policy_id=POLICY)
    RetentionPolicy.objects.filter(id=deleted).delete()
    assert model.objects.count() == left
