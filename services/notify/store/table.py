"""The base of every table notify owns."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, DateTime, Text, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase

from kernel.tables import EVERY_TENANT, Row, current_tenant


class Table(DeclarativeBase):
    """Instants are aware; lists of ids are arrays of text."""

    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        list[str]: ARRAY(Text),
    }


def ours(of: type[Row]) -> ColumnElement[bool]:
    """Say that a row is of the tenant at work, as its policy does, but so that an index helps.

    Every index begins with the tenant; by the policy alone it is read from end to end.
    """
    tenant = current_tenant.get()
    return true() if tenant == EVERY_TENANT else of.tenant == tenant
