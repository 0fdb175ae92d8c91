"""What an operator may set about telling people."""

from msgspec import Struct


class NotifySettings(Struct, frozen=True, kw_only=True):
    """How letters and pushes leave.

    smtp_url: The mail relay, `smtp://[user:password@]host:port[?starttls=true]` or `smtps://…`.
    smtp_sender: The address letters come from.
    webhook_allow_loopback: Whether a webhook may be on this machine, over plain HTTP; tests only.
    """

    smtp_url: str = "smtp://localhost:25"
    smtp_sender: str = "no-reply@localhost"
    webhook_allow_loopback: bool = False
