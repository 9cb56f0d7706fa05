"""Plumbing shared by every app: settings, HTTP, sockets, configuration, jobs, errors."""
