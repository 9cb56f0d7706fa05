"""Upload sessions, storage, previews, extraction."""
