"""The default ladders of readings: who is told when one is late. How long it may last is a hospital's to change."""

from typing import Final

from telemed.access.model import Role
from telemed.reading import rules
from telemed.reading.words import ReportPageKind
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import DEADLINES, WORK, To, When

READ: Final = WORK.declare("read")  # of a radiologist of the hub
REVIEW_REPORT: Final = WORK.declare("review_report")  # of those who may review what its author has written
SEND_AGAIN: Final = WORK.declare("send_again")  # of who requested it: what is missing, or another study

TELLS: Final = DEADLINES.declare("report")  # nothing is due: the requester is told that the report is there
HOUR: Final = 60
DESK: Final = ladders.declare(
    "desk",
    rung(When.due, 0, To.asked),
    rung(When.after, 10, To.role, Role.radiologist, at_hub=True),
    rung(When.after, HOUR, To.role, Role.radiologist, at_hub=True, again=True),
    asked=(READ, REVIEW_REPORT),
    within=rules.DUE_WITHIN.items(),
)
SENDING_AGAIN: Final = ladders.declare(
    "sending_again",
    rung(When.due, 0, To.asked),
    rung(When.after, HOUR // 2, To.role, Role.radiographer),
    rung(When.after, HOUR, To.role, Role.radiographer, again=True),
    asked=(SEND_AGAIN,),
    within=rules.SEND_AGAIN_WITHIN.items(),
)
ISSUED: Final = ladders.declare("report_issued", rung(When.due, 0, To.owners), only_tells=True)
FLAGGED: Final = {
    ReportPageKind.recalled: ladders.declare("report_recalled", rung(When.due, 0, To.owners), only_tells=True),
    ReportPageKind.reinstated: ladders.declare("report_reinstated", rung(When.due, 0, To.owners), only_tells=True),
    ReportPageKind.grown: ladders.declare("report_outgrown", rung(When.due, 0, To.owners), only_tells=True),
}
INVITED: Final = ladders.declare("reading_together", rung(When.due, 0, To.owners), only_tells=True)
WITHDRAWN: Final = ladders.declare("reading_withdrawn", rung(When.due, 0, To.owners), only_tells=True)
AFTER_ISSUE: Final = ladders.declare(
    "report_read", rung(When.due, 0, To.owners), within=rules.READ_AFTER_ISSUE.items(), only_lasts=True
)
