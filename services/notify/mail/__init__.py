"""Letters by SMTP: start with `send`. `dkim` signs them, `bounces` reads what comes back."""

from services.notify.mail.dkim import BadKey, Signer
from services.notify.mail.message import BadAddress, Mail, enclose
from services.notify.mail.relaying import Route, send

__all__ = ["BadAddress", "BadKey", "Mail", "Route", "Signer", "enclose", "send"]
