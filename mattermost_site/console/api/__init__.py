"""REST views of the system."""
