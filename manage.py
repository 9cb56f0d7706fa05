#!/usr/bin/env python3
"""Command-line entry point."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command; a wrong setting ends it with one clear sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mattermost_site.settings")
    from django.core.management import execute_from_command_line

    from mattermost_site.config import ConfigError

    try:
        execute_from_command_line(sys.argv)
    except ConfigError as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
