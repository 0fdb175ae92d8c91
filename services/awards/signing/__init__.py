"""Signatures in papers (PAdES): who makes them, and how they are checked.

`Signer` is the one interface: `keyfile` signs with a key in a file, `agent` speaks to the agent
that signs with a person's USB token on their own machine. `verifying` checks what comes back and
what anybody holds in their hands; `sample` makes a test CA. All of it is for child processes and
the command line, as pyHanko runs a loop of its own.
"""

from typing import Protocol

from services.awards.orders import Role


class Signer(Protocol):
    """Whoever can sign a PDF at once."""

    def sign(self, document: bytes, role: Role) -> bytes:
        """Return the PDF with one more signature, its earlier bytes untouched.

        `approve` is the signature of whoever has the power, `issue` that of the agency with
        number and seal, `attach` that under an annex of its own.
        """
        ...
