"""What every table of intake is made from."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import DateTime, Numeric
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import DeclarativeBase


class Table(DeclarativeBase):
    """Base of every table intake owns."""

    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        Decimal: Numeric(),
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB,
        list[str]: ARRAY(TEXT),
    }
