"""The demonstration's times that come again: a teleclinic every Thursday, teaching on the first Friday of a month."""

from datetime import datetime
from typing import Final

from telemed.db import Database
from telemed.demo.foundation import Foundation
from telemed.demo.images.person import ZONE
from telemed.scheduling import series
from telemed.scheduling.model import BookingKind
from telemed.scheduling.series_schemas import TimeSeriesIn

# Kind, title, whose, rule, time, minutes, note. Of people whom no ready-made consultation asks.
SERIES: Final = (
    (
        *(BookingKind.teleclinic, "骨科远程门诊", "orthopaedist", "FREQ=WEEKLY;BYDAY=TH", "10:40", 60),
        "嘉善分院门诊 2 诊室，患者由门诊护士陪同",
    ),
    (BookingKind.teaching, "肝胆外科病例教学", "surgeon", "FREQ=MONTHLY;BYDAY=1FR", "15:00", 60, "面向各分院"),
)


async def plan_series(database: Database, made: Foundation, now: datetime) -> None:
    for kind, title, whose, rrule, at, minutes, note in SERIES:
        new = TimeSeriesIn(
            kind=kind,
            title=title,
            rrule=rrule,
            starts_on=now.astimezone(ZONE).date(),
            at=at,
            minutes=minutes,
            resources=[made.actors[whose].id],
            note=note,
        )
        async with database.write() as db:
            await series.plan(db, made.actors["coordinator"], new, now)
