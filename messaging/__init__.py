"""Channels, posts, threads, reactions, emoji, drafts, bookmarks, search."""
