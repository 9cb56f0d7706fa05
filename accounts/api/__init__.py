"""REST views of accounts."""
