"""The base of every table notify owns."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import DateTime, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase


class Table(DeclarativeBase):
    """Instants are aware; lists of ids are arrays of text."""

    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        list[str]: ARRAY(Text),
    }
