"""Reads of channels, posts and what hangs on them: one module a topic."""
