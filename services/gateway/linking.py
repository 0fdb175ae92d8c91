"""What another provider's word makes of somebody: whose account, with which roles, in which unit.

Pure rules over data: which claim says what stands in the provider's description, never here.
People are told apart by the pair of issuer and `sub`, which the national portal and VNeID make
for each system anew (pairwise), never by the number of an identity paper. Start with `read`.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from kernel.errors import Forbidden, Refused
from services.gateway import domain
from services.gateway.domain import Account

# Claims that carry the number of an identity paper; nobody's account may hang on one.
NUMBERS = frozenset({"identity_number", "citizen_id", "cccd", "national_id", "id_number"})


class NoAccountHere(Forbidden):
    """Nobody here is linked with this sign-in; ask the organisers for an account first."""


class ClaimMissing(Refused):
    """The provider does not say what is needed for an account."""


class ProviderWrong(Refused):
    """The description of a provider is wrong."""


class RoleRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The roles that a value of a claim stands for: `value: [role, …]`."""

    claim: str
    values: dict[str, tuple[str, ...]]


class Provider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another provider of sign-ins, as its operator describes it.

    `at_first` says what happens when somebody comes for the first time: an account is made
    (`make`), or they must sign in here and link it themselves (`link`). `full_name`, `email`,
    `phone` and `unit` name claims; `roles` those an account that was made has, with what
    `role_rules` add at every sign-in. `second_step`: the provider asks for one itself.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    secret_file: str = ""
    scopes: tuple[str, ...] = ("openid", "profile")
    algorithm: Literal["RS256", "PS256", "ES256", "EdDSA"] = "RS256"
    at_first: Literal["make", "link"] = "link"
    full_name: str = "name"
    email: str = "email"
    phone: str = ""
    unit: str = ""
    roles: tuple[str, ...] = ("entrant",)
    role_rules: tuple[RoleRule, ...] = ()
    second_step: bool = False


class Somebody(Struct, frozen=True, kw_only=True):
    """Who has signed in elsewhere, as far as their provider says."""

    issuer: str
    subject: str
    full_name: str = ""
    email: str | None = None
    phone: str | None = None
    unit_id: str | None = None
    roles: frozenset[str] = frozenset()


def check(provider: Provider) -> None:
    """Refuse a description that would let in the wrong people; raises `ProviderWrong`."""
    if not domain.TENANT.fullmatch(provider.id):
        raise ProviderWrong("The id {id} is not one: small letters, digits and -.", id=provider.id)
    local = provider.issuer.startswith(("http://127.0.0.1:", "http://localhost:"))
    if not (provider.issuer.startswith("https://") or local):
        raise ProviderWrong(
            "The issuer {issuer} does not begin with https://.", issuer=provider.issuer
        )
    if "openid" not in provider.scopes:
        raise ProviderWrong("The scopes need openid.")
    given = frozenset(provider.roles).union(
        *(roles for rule in provider.role_rules for roles in rule.values.values())
    )
    domain.check_grant(frozenset({"operator"}), given)
    if "operator" in given:
        raise ProviderWrong("No provider can make operators; give that role here.")


def read(provider: Provider, claims: Mapping[str, object]) -> Somebody:
    """Return who has signed in; raises `ClaimMissing` without a `sub`."""
    subject = text_of(claims, "sub")
    if not subject:
        raise ClaimMissing
    roles = frozenset(provider.roles).union(
        *(granted(rule, claims.get(rule.claim)) for rule in provider.role_rules)
    )
    is_proven = claims.get("email_verified") is not False
    return Somebody(
        issuer=provider.issuer,
        subject=subject,
        full_name=text_of(claims, provider.full_name),
        email=(text_of(claims, provider.email) or None) if is_proven else None,
        phone=text_of(claims, provider.phone) or None,
        unit_id=text_of(claims, provider.unit) or None,
        roles=roles,
    )


def granted(rule: RoleRule, said: object) -> frozenset[str]:
    """Return the roles that a claim stands for, which may be one value or a list."""
    values = said if isinstance(said, list | tuple) else [said]
    found = (rule.values.get(value, ()) for value in values if isinstance(value, str))
    return frozenset(role for roles in found for role in roles)


def text_of(claims: Mapping[str, object], name: str) -> str:
    """Return a claim that is text; empty if it is not, or is the number of an identity paper."""
    value = claims.get(name) if name and name not in NUMBERS else None
    return value.strip()[:200] if isinstance(value, str) else ""


def account_for(provider: Provider, somebody: Somebody) -> Account:
    """Return the account made at a first sign-in; raises `NoAccountHere`, `ClaimMissing`."""
    if provider.at_first != "make":
        raise NoAccountHere
    if not somebody.full_name:
        raise ClaimMissing
    account_id = made_id(somebody)
    login = f"{provider.id}-{account_id[:16]}"
    return Account(account_id, "PERSON", login, somebody.roles, somebody.unit_id)


def made_id(somebody: Somebody) -> str:
    """Return the id of the account that is made for somebody: always the same one."""
    return sha256(f"{somebody.issuer}\n{somebody.subject}".encode()).hexdigest()[:32]


def renewed(provider: Provider, account: Account, somebody: Somebody) -> frozenset[str]:
    """Return the roles of an account at a later sign-in.

    Roles that the provider could give follow its word, those given here stay.
    """
    if not provider.role_rules:
        return account.roles
    theirs = frozenset(
        role for rule in provider.role_rules for roles in rule.values.values() for role in roles
    )
    return (account.roles - theirs) | (somebody.roles & theirs)
