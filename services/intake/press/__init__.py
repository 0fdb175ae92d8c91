"""The press: receipts as PDF/A-3, and lists as XLSX.

The service makes an `Order`; what it takes to print one is imported in a child process alone.
"""

from datetime import datetime

from msgspec import Struct


class Order(Struct, frozen=True):
    """A receipt to print: the paper as JSON, the signature, and the file's own date.

    `seal` is what the paper says of the signature: the id of its key.
    """

    paper: str
    signed: str
    seal: str
    dated: datetime
    font_path: str
    mark: str = ""
