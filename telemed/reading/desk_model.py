"""The table of how a reading desk deals out what comes to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from telemed.kit.table import Table, json_column, json_list, moment


class DeskSettings(Table, table=True):
    """Of one hub; without a row the product's own weights hold, and everybody reads everything."""

    hospital_id: str = Field(primary_key=True, foreign_key="hospital.id")
    version: int = 1
    subspecialties: dict[str, Any] = json_column()  # the list of each reader, by the id of their account
    weights: list[dict[str, Any]] = json_list()  # rows of `assigning.Weight`
    saved_by: UUID
    saved_at: datetime = moment()
