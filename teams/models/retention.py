"""How long messages are kept where the global rule does not apply."""

from __future__ import annotations

from mattermost_site.schema import Count, Id, IdList, SchemaIndex, SchemaModel, Text


class RetentionPolicy(SchemaModel):
    """A rule: messages go after ``post_duration`` days, never with -1."""

    id = Id(primary_key=True)
    display_name = Text(max_length=64)
    post_duration = Count()

    class Meta:
        db_table = "retentionpolicies"
        indexes = [
            SchemaIndex(fields=["display_name"], name="idx_retentionpolicies_displayname"),
        ]

    def __str__(self) -> str:
        return self.display_name


class RetentionPolicyTeam(SchemaModel):
    """A team under a policy; it goes with the policy."""

    policy_id = Id()
    team_id = Id(primary_key=True)

    class Meta:
        db_table = "retentionpoliciesteams"
        indexes = [
            SchemaIndex(fields=["policy_id"], name="idx_retentionpoliciesteams_policyid"),
        ]

    def __str__(self) -> str:
        return self.team_id


class RetentionPolicyChannel(SchemaModel):
    """A channel under a policy, which wins over its team's; it goes with the policy."""

    policy_id = Id()
    channel_id = Id(primary_key=True)

    class Meta:
        db_table = "retentionpolicieschannels"
        indexes = [
            SchemaIndex(fields=["policy_id"], name="idx_retentionpolicieschannels_policyid"),
        ]

    def __str__(self) -> str:
        return self.channel_id


class RetentionBatch(SchemaModel):
    """Ids of one table's rows that a retention run is about to delete."""

    id = Id(primary_key=True)
    table_name = Text(max_length=64)
    ids = IdList()

    class Meta:
        db_table = "retentionidsfordeletion"
        indexes = [
            SchemaIndex(fields=["table_name"], name="idx_retentionidsfordeletion_tablename"),
        ]

    def __str__(self) -> str:
        return self.table_name
