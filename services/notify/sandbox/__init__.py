"""A counterparty to try the channels against, and that misbehaves on request.

A process of its own, `sangkien channels-sandbox`: a webhook receiver, Zalo ZNS, an SMS provider
and an endpoint of the exchange axis behind one port. Start with `Sandbox`.
"""

from services.notify.sandbox.behaving import serve
from services.notify.sandbox.providers import Manners, Sandbox

__all__ = ["Manners", "Sandbox", "serve"]
