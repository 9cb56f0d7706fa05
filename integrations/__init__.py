"""Webhooks, slash commands, OAuth 2.0 apps, interactive messages and dialogs."""
