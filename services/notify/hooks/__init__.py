"""Webhooks as the Standard Webhooks specification says: start with `push_all`."""

from services.notify.hooks.addresses import WebhookAddressRefused, vet
from services.notify.hooks.pushing import Hook, Pushed, new_secret, push_all, sign

__all__ = ["Hook", "Pushed", "WebhookAddressRefused", "new_secret", "push_all", "sign", "vet"]
