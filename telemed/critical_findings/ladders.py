"""The default ladders of critical findings: who is told of one, and when the next are."""

from typing import Final

from telemed.access.model import Role
from telemed.activities.words import Urgency
from telemed.critical_findings import rules
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import DEADLINES, WORK, To, When

READ_BACK: Final = WORK.declare("read_back")  # of the doctor who requested the reading
ACT: Final = WORK.declare("act_on_finding")
CLOSE: Final = WORK.declare("close_finding")
TELEPHONE: Final = WORK.declare("telephone_finding")  # of who found it, once it was read back wrongly twice

VALUE_DUE: Final = DEADLINES.declare("critical_value")  # it ends by being read back, not by work
TELLS: Final = DEADLINES.declare("critical_finding")
TAKEN_BACK: Final = DEADLINES.declare("critical_withdrawn")
LATE: Final = When.after
# The requesting doctor, the duty doctor, the senior doctor, the medical office; then again from the duty doctor on. Out
# of hours the duty officer is told with the medical office (`work.open_to`), in working hours five minutes after it.
VALUE: Final = ladders.declare(
    "critical_value",
    rung(When.due, 0, To.owners),
    rung(LATE, 5, To.role, Role.duty_doctor, again=True),
    rung(LATE, 5, To.role, Role.senior_doctor),
    rung(LATE, 5, To.role, Role.reviewer),
    rung(LATE, 5, To.role, Role.duty_officer),
    asked=(READ_BACK,),
    at_once=True,
)
ACTION: Final = ladders.declare(
    "critical_action",
    rung(When.due, 0, To.asked),
    rung(LATE, 10, To.role, Role.duty_doctor, again=True),
    rung(LATE, 10, To.role, Role.senior_doctor),
    rung(LATE, 10, To.role, Role.duty_officer),
    asked=(ACT, CLOSE),
    within=dict.fromkeys(Urgency, rules.ACT_WITHIN).items(),
)
CALL: Final = ladders.declare(
    "critical_call",
    rung(When.due, 0, To.asked),
    rung(LATE, 10, To.role, Role.radiologist, at_hub=True, again=True),
    asked=(TELEPHONE,),
    at_once=True,
)
RAISED: Final = ladders.declare("critical_raised", rung(When.due, 0, To.owners), only_tells=True)
WITHDRAWN: Final = ladders.declare("critical_withdrawn", rung(When.due, 0, To.owners), only_tells=True)
