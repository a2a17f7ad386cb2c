"""The default ladder of readings: who is told when one is late. How long it may last is a hospital's to change."""

from typing import Final

from telemed.access.model import Role
from telemed.reading import rules
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import WORK, To, When

READ: Final = WORK.declare("read")  # of a radiologist of the hub
SEND_AGAIN: Final = WORK.declare("send_again")  # of who requested it: what is missing, or another study

HOUR: Final = 60
DESK: Final = ladders.declare(
    "desk",
    rung(When.due, 0, To.asked),
    rung(When.after, 10, To.role, Role.radiologist, at_hub=True),
    rung(When.after, HOUR, To.role, Role.radiologist, at_hub=True, again=True),
    asked=(READ,),
    within=rules.DUE_WITHIN.items(),
)
