"""Every write to channels and posts."""
