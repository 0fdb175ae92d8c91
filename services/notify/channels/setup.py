"""How each organising authority uses the channels: the YAML file that `CHANNELS_FILE` names.

Read by `load`; docs/howto/set-up-channels.md shows one. Secrets may be in files of their own.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from services.notify.domain.reasons import Reason
from services.notify.domain.short import Over


class BadSetup(Exception):
    """The channels file cannot be used; the message says where and why."""


class FieldLimit(Struct, frozen=True, forbid_unknown_fields=True):
    """The longest a kind of ZNS field may be in letters, and what becomes of a longer one."""

    most: int
    over: Over = "CUT"


class Zalo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An official account: its application, and its approved templates, each field with its kind.

    `token_errors` are the answers that mean the token has ended, `passing_errors` those that mean
    try again; both are provider's codes.
    """

    url: str = "https://business.openapi.zalo.me/message/template"
    token_url: str = "https://oauth.zaloapp.com/v4/oa/access_token"  # noqa: S105  # an address
    app_id: str
    secret_file: str
    refresh_file: str  # the first refresh token; later ones are in the database
    templates: dict[str, dict[str, str]]
    limits: dict[str, FieldLimit] = field(default_factory=dict)  # beside those of data/zns.yaml
    most: int = 400
    token_errors: tuple[int, ...] = (-124, -216)
    passing_errors: tuple[int, ...] = (-100, -120, -126, -146)


class Brand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A brand name at an SMS provider. `names` are the provider's names of what it is sent.

    `taken` names the field of its answer that says whether it took the message, and how: where
    that field has one of `taken_values`. `taken_id` names the field with its own id.
    """

    url: str
    brand: str
    token_file: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    names: dict[Literal["brand", "phone", "text", "id"], str] = field(default_factory=dict)
    most_segments: int = 2
    over: Over = "REFUSE"
    taken: str = ""
    taken_values: tuple[str, ...] = ()
    taken_id: str = "id"


class Axis(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An endpoint of the document exchange axis (QCVN 102:2016), and who sends there.

    `notation` is that of a series of numbers kept for notices alone, `TB-BTCCT`, which begins with
    `first_number` each year; `organs` are the codes on the axis of units, by their ids here.
    Without them no notice goes.
    """

    url: str
    organ_id: str
    organ_name: str
    place: str
    signer_title: str
    signer_name: str
    email: str = ""
    token_file: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    document_type: str = "Thông báo"
    notation: str = ""
    first_number: int = 1
    organs: dict[str, str] = field(default_factory=dict)
    taken: str = "status"
    taken_values: tuple[str, ...] = ("OK", "SUCCESS")
    taken_id: str = "document_id"


class Setup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The channels of one organising authority; what is not there it does not use."""

    zns: Zalo | None = None
    sms: Brand | None = None
    edxml: Axis | None = None


class Setups(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file: a setup per tenant."""

    tenants: dict[str, Setup]


def load(path: str, tenant: str) -> Setup:
    """Return a tenant's setup, an empty one if it has none. Raises `BadSetup`."""
    if not path:
        return Setup()
    file = Path(path)
    try:
        return read(file, file.stat().st_mtime_ns).tenants.get(tenant, Setup())
    except OSError as error:
        raise BadSetup(Reason.NO_FILE.say(file=path, error=error.strerror)) from error


@cache
def read(file: Path, _version: int) -> Setups:
    """Read the file once for each of its versions."""
    try:
        return msgspec.convert(YAML(typ="safe").load(file.read_bytes()), Setups)
    except (YAMLError, msgspec.ValidationError) as error:
        raise BadSetup(Reason.BAD_FILE.say(file=file, error=error)) from error


@cache
def shipped_limits() -> dict[str, FieldLimit]:
    """Read the limits of ZNS fields that come with the service."""

    class Limits(Struct, forbid_unknown_fields=True):
        is_checked: bool
        source: str
        limits: dict[str, FieldLimit]

    content = files("services.notify").joinpath("data/zns.yaml").read_bytes()
    return msgspec.convert(YAML(typ="safe").load(content), Limits).limits


def secret_in(file: str) -> str:
    """Read a secret. Raises `BadSetup`."""
    if not file:
        return ""
    try:
        return Path(file).read_text().strip()
    except OSError as error:
        raise BadSetup(Reason.NO_SECRET.say(file=file, error=error.strerror)) from error
