"""A client of the sangkien HTTP API: sign a `Client` in, then call the operations of a topic."""

from . import models
from .operations import *  # noqa: F403  # one module per topic
from .transport import ApiRefused, Client, read

__all__ = ["ApiRefused", "Client", "models", "read"]  # and the topics
