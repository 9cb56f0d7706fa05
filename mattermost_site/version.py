"""The version of the API that is served, as clients compare it."""

from __future__ import annotations

VERSION = "11.2.0"
BUILD_NUMBER = "11.2.0"
