"""OpenID Connect by environment, for those who have a sign-in of their own."""

from collections.abc import Mapping
from typing import Any


def openid_providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """allauth's setting; empty without `CALFWISE_OIDC_URL`.

    >>> openid_providers({})
    {}
    """
    url = environment.get("CALFWISE_OIDC_URL")
    if not url:
        return {}
    return {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "openid",
                    "name": environment.get("CALFWISE_OIDC_NAME", "Single sign-on"),
                    "client_id": environment.get("CALFWISE_OIDC_CLIENT", ""),
                    "secret": environment.get("CALFWISE_OIDC_SECRET", ""),
                    "settings": {"server_url": url},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
