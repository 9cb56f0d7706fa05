"""Mentions, e-mail, push, the push proxy."""
