"""Receipts as PDF and as signatures, and the public keys they are checked with."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter
from msgspec import Struct

from contracts import intake
from services.gateway.api.routes import Name
from services.gateway.caller import Calling

Version = Annotated[int | None, QueryParameter(name="version")]


class KeySet(Struct, frozen=True, kw_only=True):
    """A JSON Web Key Set (RFC 7517)."""

    keys: tuple[intake.ReceiptKey, ...]


@get("/entries/{entry_id:str}/receipt", media_type="application/pdf")
async def print_receipt(
    caller: Calling, entry_id: Name, version: Version = None
) -> Response[bytes]:
    """Return the receipt as PDF, its signature inside; of the newest version if none is named."""
    content = await caller.ask(intake.PrintReceipt(entry_id=entry_id, version=version), bytes)
    headers = {
        "Content-Disposition": 'inline; filename="receipt.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)


@get("/entries/{entry_id:str}/receipt.jws", media_type="application/jose")
async def show_receipt(
    caller: Calling, entry_id: Name, version: Version = None
) -> Response[bytes]:
    """Return the receipt's JSON Web Signature alone."""
    signed = await caller.ask(intake.ShowReceipt(entry_id=entry_id, version=version), str)
    headers = {"Cache-Control": "no-store"}
    return Response(signed.encode(), media_type="application/jose", headers=headers)


@get("/receipts/keys")
async def list_receipt_keys(visitor: Calling) -> KeySet:
    """List the public keys that receipts are checked with."""
    query = intake.ListReceiptKeys()
    return KeySet(keys=await visitor.ask(query, tuple[intake.ReceiptKey, ...]))


ROUTES = (print_receipt, show_receipt, list_receipt_keys)
