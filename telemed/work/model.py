"""待办: work items of every feature, for a person or a role; deadlines, ladders and notices."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, json_column, json_list, key, moment, word
from telemed.kit.words import Words


class WorkKind(StrEnum):
    """The shared kinds of work; a feature declares further ones with `WORK.declare`."""

    complete = "complete"  # complete a returned request, or a stat request
    consent = "consent"  # the paper of an emergency or telephone consent
    approve_consent = "approve_consent"  # an emergency without consent: one tap
    renew = "renew"  # a consent was withdrawn: take another, or cancel
    endorse = "endorse"
    review = "review"
    accept = "accept"
    name_lead = "name_lead"
    name_accompanying = "name_accompanying"  # the accompanying physician cannot come
    book = "book"
    invite = "invite"  # answer an invitation
    upload = "upload"  # 请影像科上传
    identity = "identity"  # confirm whose a study is
    declare = "declare"  # confirm a study's number of images
    write = "write"
    sign = "sign"
    co_sign = "co_sign"  # co-sign, for an expert beside the lead: no deadline, and nothing waits for it
    section = "section"  # write and sign one's section of an MDT's opinion
    reassess = "reassess"  # images of a signed opinion are not the patient's
    recall = "recall"  # take note that such an opinion must not be relied on, where nobody may reassess it
    acknowledge = "acknowledge"
    execute = "execute"
    close = "close"


WORK: Final = Words("kind of work", WorkKind)


class Outcome(StrEnum):
    done = "done"
    declined = "declined"
    withdrawn = "withdrawn"


OF_ROLE = ("hospital_id", "role", "staff_id", "department_id")
PRESSING = ("due_at", "id", "kind", "about_id")  # all that is asked of an item before it is chosen
OPEN = text("done_at IS NULL")


class WorkItem(Table, table=True):
    """For one person, or for everybody with a role at a hospital, or in a department of it."""

    __table_args__ = (  # indexes of open items only, so that finding them does not slow down over the years
        Index("ix_workitem_open_person", "staff_id", *PRESSING, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_workitem_open_role", *OF_ROLE, *PRESSING, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: UUID = key()
    kind: str = WORK.column(index=True)
    hospital_id: str = Field(index=True)
    staff_id: UUID | None = Field(default=None, index=True)
    role: str | None = Field(default=None, index=True)
    department_id: UUID | None = None
    about_id: UUID = Field(index=True)  # what it is about: the consultation, study link or advice
    activity: str | None = activity_kind(optional=True)  # the activity it belongs to, if any
    activity_id: UUID | None = Field(default=None, index=True)
    case_id: UUID | None = Field(default=None, index=True)
    patient_id: UUID | None = None
    urgency: str = "routine"
    note: dict[str, Any] = json_column()
    created_at: datetime = moment()
    due_at: datetime | None = moment(optional=True)
    done_at: datetime | None = moment(optional=True, index=True)
    done_by: UUID | None = None
    outcome: Outcome | None = word(Outcome, optional=True)


class When(StrEnum):
    before = "before"  # a reminder
    due = "due"
    after = "after"  # told to somebody else


class To(StrEnum):
    """Whom a rung tells."""

    owners = "owners"  # whose deadline it is
    asked = "asked"  # for whom it waits: its owners, and of whom its ladder's kinds of work are asked
    role = "role"  # everybody with the role, at once
    on_duty = "on_duty"  # the experts on duty who are the next in their order


class Counted(StrEnum):
    elapsed = "elapsed"
    working = "working"  # common working time of both hospitals


class Channel(StrEnum):
    """By what people are told who have no page open."""

    mail = "mail"  # a person
    robot = "robot"  # a group, in its chat


LADDERS: Final = Words("ladder")
DEADLINES: Final = Words("kind of deadline")
RING: Final = DEADLINES.declare("ring")
# Of work alone, of the kinds that its ladder names: of an activity's work one for each moment at which some is due.
WORK_DUE: Final = DEADLINES.declare("work")
NEXT = text("done_at IS NULL AND at IS NOT NULL")
OPEN_NOTICE = text("ended_at IS NULL")


class Rung(Table, table=True):
    """A row of a ladder. A changed ladder is a set of new rows with a later `valid_from`; none is ever edited."""

    id: UUID = key()
    ladder: str = LADDERS.column(index=True)
    hospital_id: str = ""  # "": of all
    agreement_id: UUID | None = None
    urgency: str = ""  # "": of all
    valid_from: datetime = moment()
    valid_until: datetime | None = moment(optional=True)  # given up by then; a newer set needs no end of the older
    saved_at: datetime | None = moment(optional=True)  # None: the product's own default
    saved_by: UUID | None = None
    n: int
    when: When = word(When)
    minutes: int  # before: until the deadline; after: since the rung below; due: how long it may last, 0: the default
    to: To = word(To)
    role: str = ""
    at_hub: bool = False  # the hub's, not the branch's
    place: int = 0  # of those on duty, in their order
    counted: Counted = word(Counted)
    again: bool = False  # from the end of the ladder back to this rung, until somebody has acted
    channels: list[str] = json_list(Channel)  # by which it is told beside the pages


class Deadline(Table, table=True):
    """What must have happened by `due_at`, and `at`, the moment of its ladder's next rung.

    Of an activity; or, where it names none, of all the work of its ladder's kinds at its hospital that belongs to none.
    """

    __table_args__ = (
        Index("ix_deadline_next", "at", "id", sqlite_where=NEXT, postgresql_where=NEXT),
        Index("ix_deadline_late", "partner_id", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: UUID = key()
    activity: str | None = activity_kind(optional=True)
    activity_id: UUID | None = Field(default=None, index=True)
    case_id: UUID | None = None
    kind: str = DEADLINES.column()
    ladder: str = LADDERS.column()
    hospital_id: str  # the branch, whose ladder holds
    hub_id: str
    partner_id: str | None = None  # the hub, once it may know of it
    agreement_id: UUID | None = None
    urgency: str = ""
    specialty: str = ""  # of those on duty; "": any
    department_id: UUID | None = None  # of those on duty; None: any of that specialty
    owners: list[str] = json_list()  # ids of people
    began_at: datetime = moment()
    due_at: datetime = moment()
    at: datetime | None = moment(optional=True)  # None: nobody is told any more by itself
    rung: int = 0  # how many have been reached
    nudged_at: datetime | None = moment(optional=True)
    done_at: datetime | None = moment(optional=True)


class Device(StrEnum):
    computer = "computer"
    phone = "phone"


class PassedFor(StrEnum):
    """Why somebody who is rung lets the next be rung."""

    operating = "operating"  # in an operation or procedure
    other_emergency = "other_emergency"
    other_field = "other_field"  # the question is not of their specialty
    cannot_join = "cannot_join"  # nowhere to join from


class Notice(Table, table=True):
    """What one person is told because a rung was reached: new until `seen_at`, of no concern from `ended_at` on.

    One of a deadline of the kind `ring` rings until then.
    """

    __table_args__ = (
        Index("ix_notice_open", "staff_id", sqlite_where=OPEN_NOTICE, postgresql_where=OPEN_NOTICE),
        Index("ix_notice_of_person", "staff_id", "told_at"),
    )

    id: UUID = key()
    deadline_id: UUID = Field(foreign_key="deadline.id", index=True)
    n: int  # of the rung, counted on where the ladder begins again
    staff_id: UUID
    kind: str = DEADLINES.column()  # of the deadline
    ladder: str = LADDERS.column()
    when: When = word(When, name="notice_when")
    due_at: datetime = moment()
    activity: str | None = activity_kind(optional=True)
    activity_id: UUID | None = None
    told_at: datetime = moment()
    seen_at: datetime | None = moment(optional=True)
    seen_on: Device | None = word(Device, optional=True)
    passed_at: datetime | None = moment(optional=True)  # this person let the next be rung
    passed_for: PassedFor | None = word(PassedFor, optional=True, check=False)
    ended_at: datetime | None = moment(optional=True)
