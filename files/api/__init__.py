"""REST views of files."""
