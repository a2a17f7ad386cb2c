"""What rounds ask of whom, and the default ladders: who is told when it is late."""

from datetime import timedelta
from typing import Final

from telemed.access.model import Role
from telemed.rounds import rules
from telemed.work import ladders
from telemed.work.ladders import NO_URGENCY, rung
from telemed.work.model import DEADLINES, WORK, To, When

ANSWER: Final = WORK.declare("answer_round")  # of who is to lead it
NAME_LEAD: Final = WORK.declare("name_round_lead")  # of the hub's coordinators: nobody leads it
BOOK: Final = WORK.declare("book_round")  # of them: something stands in the way of its time
OTHER_TIME: Final = WORK.declare("decide_round_time")  # of them: its lead proposes another
COVER: Final = WORK.declare("cover_rounds")  # of them: no agreement covers what a series has to come
PREPARE: Final = WORK.declare("prepare_round")  # of the ward: who is not confirmed yet, and what is missing
WRITE: Final = WORK.declare("write_round_note")  # of the ward's doctor
COUNTERSIGN: Final = WORK.declare("countersign_round_note")  # of the lead; of guidance then of a senior doctor there
READ_BACK: Final = WORK.declare("read_back_instruction")  # of the ward's doctor
CARRY_OUT: Final = WORK.declare("carry_out_instruction")  # of its owner: record the order, or decline

TELLS: Final = DEADLINES.declare("round")  # nothing is due: whoever takes part hears what is so by now
HOUR: Final = 60
OWNERS: Final = rung(When.due, 0, To.owners)
LATE: Final = When.after


def _within(by: timedelta) -> list[tuple[str, timedelta]]:
    return [(NO_URGENCY, by)]


INVITED: Final = ladders.declare("round_invited", OWNERS, only_tells=True)  # to lead it
BOOKED: Final = ladders.declare("round_booked", OWNERS, only_tells=True)  # who has agreed in advance
MOVED: Final = ladders.declare("round_moved", OWNERS, only_tells=True)
TIME_KEPT: Final = ladders.declare("round_time_kept", OWNERS, only_tells=True)  # the lead had proposed another
PLACE_CLOSED: Final = ladders.declare("round_place_closed", OWNERS, only_tells=True)  # the time stands
RELIEVED: Final = ladders.declare("round_relieved", OWNERS, only_tells=True)
CALLED_OFF: Final = ladders.declare("round_called_off", OWNERS, only_tells=True)
WRITTEN: Final = ladders.declare("round_written", OWNERS, only_tells=True)
TAKES_OVER: Final = ladders.declare("round_takes_over", OWNERS, only_tells=True)  # of who leads or signs instead
PUT_FORWARD: Final = ladders.declare("round_put_forward", OWNERS, only_tells=True)  # of the lead
ANSWERING: Final = ladders.declare(
    "round_answer",
    rung(When.due, 0, To.asked),
    rung(LATE, 10, To.role, Role.coordinator, at_hub=True),
    rung(LATE, 2 * HOUR, To.role, Role.coordinator, at_hub=True, again=True),
    asked=(ANSWER,),
    within=_within(rules.ANSWER_WITHIN),
)
PLANNING: Final = ladders.declare(
    "round_planning",
    rung(When.due, 0, To.asked),
    rung(LATE, HOUR, To.role, Role.coordinator, at_hub=True),
    rung(LATE, 4 * HOUR, To.role, Role.coordinator, at_hub=True, again=True),
    asked=(NAME_LEAD, BOOK, OTHER_TIME),
    within=_within(rules.PLAN_WITHIN),
)
# Of a hub's series, which are no activity: coordinators end one or have the agreement renewed.
COVERING: Final = ladders.declare(
    "round_coverage",
    rung(When.due, 0, To.asked),
    rung(LATE, 24 * HOUR, To.asked, again=True),
    asked=(COVER,),
    within=_within(rules.PLAN_WITHIN),
)
# Due when the list is locked.
LIST: Final = ladders.declare(
    "round_list",
    rung(When.before, HOUR, To.asked),
    rung(When.due, 0, To.asked),
    rung(LATE, HOUR // 2, To.role, Role.senior_doctor, again=True),
    asked=(PREPARE,),
)
NOTE: Final = ladders.declare(
    "round_note",
    rung(When.due, 0, To.asked),
    rung(LATE, HOUR, To.role, Role.senior_doctor),
    rung(LATE, 4 * HOUR, To.role, Role.senior_doctor, again=True),
    asked=(WRITE,),
    within=_within(rules.NOTE_WITHIN),
)
COUNTERSIGNING: Final = ladders.declare(
    "round_countersign",
    rung(When.before, 2 * HOUR, To.asked),
    rung(When.due, 0, To.asked),
    rung(LATE, 2 * HOUR, To.role, Role.coordinator, at_hub=True),
    rung(LATE, 12 * HOUR, To.role, Role.coordinator, at_hub=True, again=True),
    asked=(COUNTERSIGN,),
    within=_within(rules.COUNTERSIGN_WITHIN),
)
# Due when the lead said, and to be read back soon.
INSTRUCTION: Final = ladders.declare(
    "round_instruction",
    rung(When.due, 0, To.asked),
    rung(LATE, HOUR, To.role, Role.senior_doctor),
    rung(LATE, 4 * HOUR, To.role, Role.senior_doctor, again=True),
    asked=(READ_BACK, CARRY_OUT),
)
