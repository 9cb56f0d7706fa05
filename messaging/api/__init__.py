"""REST views of channels and posts."""
