"""Users and what is known of them."""

from __future__ import annotations

from accounts.models.access_control import AccessControlPolicy, AccessControlPolicyRevision
from accounts.models.bot import Bot
from accounts.models.group import Group, GroupMember
from accounts.models.preference import Preference
from accounts.models.property import PropertyField, PropertyGroup, PropertyValue
from accounts.models.role import Role
from accounts.models.scheme import Scheme
from accounts.models.session import Session
from accounts.models.status import Status
from accounts.models.terms_of_service import TermsOfService, UserTermsOfService
from accounts.models.token import DesktopToken, Token, UserAccessToken
from accounts.models.user import User, UserManager

__all__ = [
    "AccessControlPolicy",
    "AccessControlPolicyRevision",
    "Bot",
    "DesktopToken",
    "Group",
    "GroupMember",
    "Preference",
    "PropertyField",
    "PropertyGroup",
    "PropertyValue",
    "Role",
    "Scheme",
    "Session",
    "Status",
    "TermsOfService",
    "Token",
    "User",
    "UserAccessToken",
    "UserManager",
    "UserTermsOfService",
]
