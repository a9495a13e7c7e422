"""Who uses the page: the one person of a desk, or whoever signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from parcels.storage.access import SINGLE_DESK, Actor
from parcels.ui import cache

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcels.settings import AccessSetting

STRANGER = Actor("", "viewer")
"""Somebody who did not sign in where people do."""


def actor() -> Actor:
    """Return who asks, and their role."""
    access = cache.settings().access
    return _actor(access, st.user.to_dict()) if access.oidc else SINGLE_DESK


def _actor(access: AccessSetting, claims: Mapping[str, Any]) -> Actor:
    """Read what the sign-in says of somebody; an address that it did not verify gives no role."""
    if not claims.get("is_logged_in"):
        return STRANGER
    mail = str(claims.get("email") or "").strip().lower()
    if not mail or claims.get("email_verified") is False:
        return Actor(str(claims.get("sub") or ""), access.default_role)
    return Actor(mail, access.roles.get(mail, access.default_role))
