"""Teams, members, invitations, schemes."""
