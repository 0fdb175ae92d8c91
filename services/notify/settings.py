"""What an operator may set about telling people."""

from msgspec import Struct


class NotifySettings(Struct, frozen=True, kw_only=True):
    """How letters and pushes leave.

    smtp_url: The mail relay, `smtp[s]://[user:password@]host:port[?starttls=true]`.
    smtp_sender: The address letters come from.
    smtp_ca_file: The authorities that vouch for the relay; the system's if empty.
    dkim_selector: Where the sender's domain publishes the signing key; unsigned if empty.
    dkim_key: The private key that signs letters, RSA or Ed25519 in PEM; by `DKIM_KEY_FILE`.
    bounces_url: Where returned letters lie, `maildir:///folder` or `imaps://user:password@host/box`.
    portal_url: The address people reach the portal at, for links in letters; `{tenant}` in it is replaced, empty: no links.
    webhook_allow_loopback: Whether a webhook may be on this machine, over plain HTTP; tests only.
    webhook_overlap_hours: How long a webhook's earlier secret signs beside a new one.
    long_queue: From how many messages due to a counterparty on a process of its own sends them; 0: never.
    channels_file: A YAML file of what each tenant uses of Zalo ZNS, SMS and the exchange axis.
    """  # noqa: E501  # a setting's sentence is one line

    smtp_url: str = "smtp://localhost:25"
    smtp_sender: str = "no-reply@localhost"
    smtp_ca_file: str = ""
    dkim_selector: str = ""
    dkim_key: str = ""
    bounces_url: str = ""
    portal_url: str = ""
    webhook_allow_loopback: bool = False
    webhook_overlap_hours: int = 24
    long_queue: int = 50
    channels_file: str = ""
