"""Pages of teams: choosing, making, joining, inviting."""
