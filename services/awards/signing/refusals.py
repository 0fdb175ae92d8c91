"""Why a signed file is not taken; apart from the checking, which is heavy to import."""

from kernel.errors import Refused


class BadSignedFile(Refused):
    """The signed file is not accepted."""


class BadCertificate(Refused):
    """The file is no certificate in PEM form."""
