"""Teams."""

from __future__ import annotations

from teams.models.retention import RetentionBatch, RetentionPolicy, RetentionPolicyChannel, RetentionPolicyTeam
from teams.models.team import GroupTeam, Team, TeamMember

__all__ = [
    "GroupTeam",
    "RetentionBatch",
    "RetentionPolicy",
    "RetentionPolicyChannel",
    "RetentionPolicyTeam",
    "Team",
    "TeamMember",
]
