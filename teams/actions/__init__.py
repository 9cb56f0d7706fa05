"""Every write to teams."""
