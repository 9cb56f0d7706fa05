"""REST views of teams."""
