"""The API's inputs and outputs about links to one's calendar."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from telemed.kit.http import Input
from telemed.kit.model import Model


class CalendarLinkIn(Input):
    """`name`: where it will be used, in one's own words."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""


class CalendarLinkOut(Model):
    id: UUID
    name: str
    created_at: datetime
    fetched_at: datetime | None  # to the minute; null: never yet
    fetched_by: str  # which program; empty if it does not say


class CalendarLinksOut(Model):
    links: list[CalendarLinkOut]
    most: int


class CalendarLinkMade(Model):
    """A new link, whose address is shown this once."""

    link: CalendarLinkOut
    address: str
    subscribe: str  # the same as `webcal:`, which calendar programs open
    qr: str  # that as an SVG, as a `data:` address
