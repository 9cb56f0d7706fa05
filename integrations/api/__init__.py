"""REST views of integrations."""
