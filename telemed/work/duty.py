"""Who is on duty, wired here for everybody who asks: rosters will take this place."""

from typing import Final

from telemed.people import duty
from telemed.work.ports import OnDuty

on_duty: Final[OnDuty] = duty.on_duty
