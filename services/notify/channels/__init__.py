"""Channels beside mail and webhooks: Zalo ZNS, SMS under a brand name, the exchange axis.

`setup` reads how each tenant uses them; each module sends over one.
"""

from services.notify.channels.axis import send_documents
from services.notify.channels.parcel import NotTaken, Parcel
from services.notify.channels.setup import (
    Axis,
    BadSetup,
    Brand,
    Setup,
    Zalo,
    load,
    secret_in,
)
from services.notify.channels.sms import send_texts
from services.notify.channels.zalo import EARLY, Token, TokenEnded, refresh, send_forms

__all__ = [
    "EARLY",
    "Axis",
    "BadSetup",
    "Brand",
    "NotTaken",
    "Parcel",
    "Setup",
    "Token",
    "TokenEnded",
    "Zalo",
    "load",
    "refresh",
    "secret_in",
    "send_documents",
    "send_forms",
    "send_texts",
]
