"""Every write to integrations."""
