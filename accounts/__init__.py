"""Users, sessions, tokens, bots, status, preferences, roles, groups, sign-in methods."""
