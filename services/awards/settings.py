"""What awards is told by its environment."""

from pathlib import Path

from msgspec import Struct

from services.awards.orders import ROLES, Key


class AwardsSettings(Struct, frozen=True, kw_only=True):
    """Settings of awards.

    font_path: A folder with Liberation Serif (package fonts-liberation2) in it or below it.
    link_minutes: How long a link to a paper can be opened.
    portal_url: The address people reach the door at, for the QR code on papers, `{tenant}` in it is replaced; a bare path if empty.
    print_at_once: How many papers of a publication are printed before it is answered; the rest follow.
    sign_keys: A folder with PKCS #12 files `<tenant>/<authority>/<role>.p12` that papers are signed with; none are if empty.
    sign_password: The password of these files.
    trust_roots: A file or folder of root certificates (PEM) that signatures must lead to.
    tsa_url: A time stamping authority (RFC 3161) that papers signed with key files are stamped by; none if empty.
    ask_ca: Whether the CA of a returned signature is asked if it has withdrawn the certificate, where it publishes that.
    signing_minutes: How long a signing agent may take to return a file.
    law_table: A file of legal figures to go by instead of `services/awards/data/law.json`.
    """  # noqa: E501

    font_path: str = "/usr/share/fonts"
    link_minutes: int = 15
    portal_url: str = ""
    print_at_once: int = 20
    sign_keys: str = ""
    sign_password: str = ""
    trust_roots: str = ""
    tsa_url: str = ""
    ask_ca: bool = True
    signing_minutes: int = 30
    law_table: str = ""


def key_files(settings: AwardsSettings, tenant: str, authority: str) -> tuple[Key, ...]:
    """Return the keys an authority's papers are signed with at once, in the order of signing."""
    if not settings.sign_keys:
        return ()
    folder = Path(settings.sign_keys) / tenant / authority
    paths = ((role, folder / f"{role}.p12") for role in ROLES)
    return tuple(
        Key(role=role, path=str(path), password=settings.sign_password, tsa=settings.tsa_url)
        for role, path in paths
        if path.is_file()
    )
