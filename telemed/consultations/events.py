"""What happens to a consultation: one event for each action of the transition table."""

from datetime import datetime
from uuid import UUID

from telemed.activities.events import OfActivity
from telemed.consultations.words import Mode, State, Urgency
from telemed.history.events import Code, Part, Words


class Moved(OfActivity):
    """An action of the transition table was taken; `due_at` is when the new state should be left."""

    source: State
    target: State
    reason: Words | None = None
    urgency: Urgency
    mode: Mode
    hub_id: Code
    due_at: datetime | None = None
    sign_due_at: datetime | None = None


class Submitted(Moved):
    """Requested: the request was submitted by the branch."""

    type = "consultation.submitted"
    specialty: Words = ""
    wanted_department_id: UUID | None = None  # the hub's of that specialty
    elective: bool = False


class Discarded(Moved):
    """A draft was discarded, by its doctor or after thirty days."""

    type = "consultation.discarded"


class Endorsed(Moved):
    """A senior doctor of the branch, or its duty officer, agreed."""

    type = "consultation.endorsed"


class Approved(Moved):
    """The branch's medical office agreed, or the branch does without a review; from now on the hub sees the case."""

    type = "consultation.approved"


class Returned(Moved):
    """Sent back to the requesting doctor for completion."""

    type = "consultation.returned"
    missing: tuple[Code, ...] = ()  # words of the form


class Accepted(Moved):
    """The hub took it on and named a lead expert or a department."""

    type = "consultation.accepted"
    lead_id: UUID | None = None
    department_id: UUID | None = None


class Declined(Moved):
    """The hub does not take it on."""

    type = "consultation.declined"
    code: Code


class Redirected(Moved):
    """The hub passed it on to another, whose agreement covers it: the former hub's last event, whose grants end."""

    type = "consultation.redirected"
    to_hub_id: Code
    code: Code


class Received(OfActivity):
    """Another hub, to which it was redirected, sees the case from now on: at once, or once a consent names it."""

    type = "consultation.received"
    hub_id: Code


class LeadNamed(Moved):
    """The department or the coordinator named the lead expert."""

    type = "consultation.lead_named"
    lead_id: UUID | None = None
    before_id: UUID | None = None  # in the log of earlier releases, which replaced a lead expert by this too


class Replaced(Moved):
    """Somebody else stands in for who is away; `reason` is what was written besides the coded one."""

    staff_id: UUID
    name: Words
    before_id: UUID
    before_name: Words
    code: Code


class LeadReplaced(Replaced):
    """Another expert of the hub leads it from now on."""

    type = "consultation.lead_replaced"


class AccompanyingReplaced(Replaced):
    """Another doctor of the branch is at the patient's side."""

    type = "consultation.accompanying_replaced"


class GivenBack(Moved):
    """The department named nobody: the coordinator chooses again."""

    type = "consultation.given_back"


class OfBooking(Moved):
    """Time and venue, as booked."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    venue: Words = ""
    branch_venue: Words = ""


class Booked(OfBooking):
    """Time and venue were booked, or booked anew, and everybody invited."""

    type = "consultation.booked"


class Confirmed(Moved):
    """Everybody required has accepted the invitation."""

    type = "consultation.confirmed"


class Unconfirmed(Moved):
    """Somebody who had accepted asks for another time."""

    type = "consultation.unconfirmed"
    words: Words = ""


class Lapsed(Moved):
    """The hold on the time ran out before everybody had accepted: the time is free, and another is asked for."""

    type = "consultation.lapsed"


class MadeReady(Moved):
    """Every check of the readiness gate holds; the packet is locked."""

    type = "consultation.made_ready"


class MadeUnready(Moved):
    """A check of the gate fails again."""

    type = "consultation.made_unready"
    missing: tuple[Code, ...] = ()


class Taken(Moved):
    """A stat consultation was taken by the first who could; the lead expert is named with it."""

    type = "consultation.taken"
    lead_id: UUID | None = None


class Started(Moved):
    """The session began: lead expert and accompanying physician are in, or one of the hub started without all items."""

    type = "consultation.started"
    missing: tuple[Code, ...] = ()


class Interrupted(Moved):
    """The session stopped: by itself when an essential person is gone, or by a click with a reason."""

    type = "consultation.interrupted"


class Resumed(Moved):
    """Both are in again after an interruption."""

    type = "consultation.resumed"


class Rebooked(OfBooking):
    """After an interruption another time was booked."""

    type = "consultation.rebooked"


class Ended(Moved):
    """The meeting is over; the opinion is due."""

    type = "consultation.ended"


class MadeWritten(Moved):
    """It is answered in writing, from the materials."""

    type = "consultation.made_written"


class AdviceGiven(Part):
    """One row of signed advice, by its number in the opinion."""

    n: int
    advice_id: UUID
    kind: Code
    due: Code
    due_at: datetime | None = None


class Signed(Moved):
    """The lead expert signed the meeting's opinion; `undone` is asked for no more, because it would come too late."""

    type = "consultation.signed"
    opinion_id: UUID
    number: int | None = None
    method: Code = ""
    packet_version: int | None = None
    advice: tuple[AdviceGiven, ...] = ()
    undone: tuple[Code, ...] = ()  # kinds of work


class AdviceAnswer(Part):
    """What the requesting doctor said to one advice, who is to write the order, and by when."""

    n: int
    advice_id: UUID
    kind: Code
    reply: Code
    reason: Words = ""
    assigned_to: UUID | None = None
    due_at: datetime | None = None


class Acknowledged(Moved):
    """The requesting doctor answered every advice."""

    type = "consultation.acknowledged"
    answers: tuple[AdviceAnswer, ...] = ()


class ExecutionBegun(Moved):
    """The branch began to execute the advice it adopted."""

    type = "consultation.execution_begun"


class Closed(Moved):
    """Closed: by itself when everything was adopted and executed, else by the requesting doctor."""

    type = "consultation.closed"


class Reopened(Moved):
    """A closed consultation was opened again for another meeting."""

    type = "consultation.reopened"


class Archived(Moved):
    """Put into the archive, thirty days after closing."""

    type = "consultation.archived"


class Cancelled(Moved):
    """Called off before it was signed."""

    type = "consultation.cancelled"
    code: Code


class Missed(Moved):
    """Nobody came to the booked time."""

    type = "consultation.missed"


class Expired(Moved):
    """A returned request was not completed in time."""

    type = "consultation.expired"
