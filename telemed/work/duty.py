"""Who is on duty, wired here for everybody who asks."""

from typing import Final

from telemed.rosters import duty
from telemed.work.ports import OnDuty

on_duty: Final[OnDuty] = duty.on_duty
