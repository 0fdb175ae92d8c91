"""Signing in through another provider: OpenID Connect, authorization code with PKCE.

The one port to providers: discovery, the way there, the exchange of the code, the identity token
and the way out. Every function waits for the network; run them in a thread.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kernel.errors import Refused, Unavailable
from services.gateway.linking import Provider

SECONDS = 10
LEEWAY = 60  # seconds that clocks may differ by
KEPT_FOR = 3600  # seconds that what a provider says of itself is good for
DISCOVERY = "/.well-known/openid-configuration"


class ProviderAway(Unavailable):
    """The provider of this sign-in cannot be reached; try again, or sign in another way."""


class ProviderMistaken(Refused):
    """What the provider sent cannot be trusted; nobody was signed in. Tell the operator."""


class NotAllowedThere(Refused):
    """The provider did not let you in, or you stopped there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way there and back: what binds the answer to the question."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who came back: what the provider says of them, and the identity token itself."""

    claims: Mapping[str, object]
    id_token: str


_known: dict[str, tuple[float, dict[str, Any], dict[str, Any]]] = {}


def way_there(provider: Provider, step: Step) -> str:
    """Return where the browser goes to sign in."""
    about, _ = _of(provider)
    with _session(provider, step, "") as session:
        url, _ = session.create_authorization_url(
            about["authorization_endpoint"],
            state=step.state,
            nonce=step.nonce,
            code_verifier=step.verifier,
        )
    return str(url)


def come_back(provider: Provider, step: Step, answer: Mapping[str, str], secret: str) -> Arrived:
    """Return who has come back with this answer.

    Raises `NotAllowedThere`, `ProviderMistaken`, `ProviderAway`.
    """
    about, keys = _of(provider)
    if "error" in answer:
        raise NotAllowedThere
    # RFC 9207: an answer of one provider is not taken for another's.
    said = answer.get("iss")
    wanted = about.get("authorization_response_iss_parameter_supported") is True
    if (said is not None or wanted) and said != provider.issuer:
        raise ProviderMistaken
    try:
        with _session(provider, step, secret) as session:
            token = session.fetch_token(
                about["token_endpoint"],
                grant_type="authorization_code",
                code=answer.get("code", ""),
                code_verifier=step.verifier,
                timeout=SECONDS,
                allow_redirects=False,
            )
            claims = checked(provider, step, token, keys)
            return Arrived(claims | more(session, about, claims), str(token["id_token"]))
    except requests.RequestException as problem:
        raise ProviderAway(str(ProviderAway.__doc__)) from problem
    except (OAuthError, JoseError, KeyError, ValueError) as problem:
        raise ProviderMistaken from problem


def checked(
    provider: Provider, step: Step, token: Mapping[str, Any], keys: dict[str, Any]
) -> dict[str, Any]:
    """Return the claims of an identity token that is signed, for us, in time, and asked for.

    The algorithm is the one in the provider's description, whatever the token says.
    """
    key_set = KeySet.import_key_set(keys)  # type: ignore[arg-type]  # as the provider sent it
    read = jwt.decode(token["id_token"], key_set, algorithms=[provider.algorithm])
    claims = CodeIDToken(
        read.claims,
        read.header,
        options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
            "nonce": {"essential": True, "value": step.nonce},
            "exp": {"essential": True},
        },
        params={
            "nonce": step.nonce,
            "client_id": provider.client_id,
            "access_token": token.get("access_token"),
        },
    )
    claims.validate(leeway=LEEWAY)
    return dict(claims)


def more(
    session: OAuth2Session, about: Mapping[str, Any], claims: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the provider says beyond the token, of the same person."""
    if not about.get("userinfo_endpoint"):
        return {}
    answer = session.get(about["userinfo_endpoint"], timeout=SECONDS, allow_redirects=False)
    answer.raise_for_status()
    said = answer.json()
    if said.get("sub") != claims["sub"]:
        raise ProviderMistaken
    return {name: value for name, value in said.items() if name not in claims}


def way_out(provider: Provider, id_token: str, back: str) -> str:
    """Return where to sign out at the provider; empty where it offers no such thing."""
    about, _ = _of(provider)
    end = about.get("end_session_endpoint")
    asked = {
        "id_token_hint": id_token,
        "client_id": provider.client_id,
        "post_logout_redirect_uri": back,
    }
    return f"{end}?{urlencode(asked)}" if end else ""


def secret_of(provider: Provider, folder: str) -> str:
    """Return our secret at the provider, from its file; empty for a public client."""
    if not provider.secret_file:
        return ""
    try:
        return (Path(folder) / Path(provider.secret_file).name).read_text().strip()
    except OSError as problem:
        raise ProviderAway(str(ProviderAway.__doc__)) from problem


def _session(provider: Provider, step: Step, secret: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        secret or None,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        scope=" ".join(provider.scopes),
        redirect_uri=step.redirect_uri,
        code_challenge_method="S256",
    )


def _of(provider: Provider) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the provider says of itself, and its keys; asked again every hour."""
    kept = _known.get(provider.issuer)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1:]
    try:
        about = _fetched(provider.issuer.rstrip("/") + DISCOVERY)
        if about.get("issuer") != provider.issuer:
            raise ProviderMistaken
        keys = _fetched(str(about["jwks_uri"]))
    except (requests.RequestException, ValueError, KeyError) as problem:
        raise ProviderAway(str(ProviderAway.__doc__)) from problem
    _known[provider.issuer] = (time.monotonic() + KEPT_FOR, about, keys)
    return about, keys


def _fetched(url: str) -> dict[str, Any]:
    answer = requests.get(url, timeout=SECONDS, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError(url)  # noqa: TRY004  # of the value, not of our types
    return found
