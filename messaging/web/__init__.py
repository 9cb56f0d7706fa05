"""Pages of channels and posts."""
