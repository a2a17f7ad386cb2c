"""The vocabulary of ward rounds (查房): states, actions, capacities and the other coded words."""

from enum import StrEnum
from typing import Final

from telemed.kit.activity import ACTIVITIES

KIND: Final = ACTIVITIES.declare("round")
AGREEMENT_SERVICE: Final = "round"  # the service that the agreement of the two hospitals must name


class RoundState(StrEnum):
    """Of a session."""

    planned = "planned"
    list_open = "list_open"
    list_locked = "list_locked"  # later additions need the lead
    ready = "ready"
    live = "live"
    paused = "paused"
    completed = "completed"  # its notes are still to be written or countersigned
    signed = "signed"  # every note is countersigned; instructions may be open
    closed = "closed"
    cancelled = "cancelled"
    converted = "converted"  # to written: the lead answers bed by bed, and nobody meets


class RoundAction(StrEnum):
    """Of a session."""

    open_list = "open_list"
    lock = "lock"
    make_ready = "make_ready"
    unready = "unready"  # the lead cannot come, or the list has nobody any more
    start = "start"
    pause = "pause"
    resume = "resume"
    complete = "complete"
    sign = "sign"
    close = "close"
    cancel = "cancel"
    convert = "convert"
    reopen = "reopen"  # the list, of a round that was moved to a later time


class ItemState(StrEnum):
    """Of one patient on a session's list."""

    proposed = "proposed"
    confirmed = "confirmed"
    removed = "removed"
    presenting = "presenting"
    discussed = "discussed"
    deferred = "deferred"  # 顺延: later in this round, or first in the next
    skipped = "skipped"  # not today
    noted = "noted"  # its note waits for the countersignature
    countersigned = "countersigned"


class ItemAction(StrEnum):
    put_forward = "put_forward"  # of who was added after locking: the lead sees them, to confirm them or take them off
    confirm = "confirm"
    remove = "remove"
    present = "present"
    discuss = "discuss"
    defer = "defer"
    skip = "skip"
    submit = "submit"  # the note, to be countersigned
    return_ = "return"  # the note, to who wrote it
    countersign = "countersign"


class InstructionState(StrEnum):
    to_read_back = "to_read_back"  # 待复述
    to_execute = "to_execute"  # 待开医嘱, 待落实
    executed = "executed"
    declined = "declined"
    lapsed = "lapsed"  # the patient has left
    replaced = "replaced"  # 已并入: another was given in its place


class InstructionAction(StrEnum):
    read_back = "read_back"
    execute = "execute"
    decline = "decline"
    lapse = "lapse"
    keep = "keep"  # 仍需: a later round has looked at it, and it stands
    replace_ = "replace"  # 并入本次: by another that is given in its place


class InstructionKind(StrEnum):
    medicine = "medicine"
    test = "test"
    consult = "consult"
    transfer = "transfer"
    observe = "observe"
    teach = "teach"


class Who(StrEnum):
    """The capacities in which somebody acts on a round."""

    system = "system"
    coordinator = "coordinator"  # of the hub
    lead = "lead"
    doctor = "doctor"  # of the ward's hospital
    nurse = "nurse"  # there
    senior = "senior"  # a senior doctor there
    pool = "pool"  # who may lead rounds of the series


class RoundRole(StrEnum):
    """What a participant of a session is."""

    lead = "lead"
    expert = "expert"  # a further doctor of the hub, named
    accompanying = "accompanying_physician"  # at the bedside
    student = "student"  # of the hub, named; follows the beds whose patients have agreed to teaching
    former_lead = "former_lead"  # handed it over
    signs = "signs"  # countersigns the notes in place of who led it


class Reason(StrEnum):
    """Why somebody is proposed for a list, the most pressing first."""

    instruction = "instruction"  # open since an earlier round
    deferred = "deferred"  # at the last round
    critical = "critical"  # a critical finding
    consultation = "consultation"  # of this admission
    new = "new"  # admitted since the last round
    inpatient = "inpatient"  # lies in the ward
    asked = "asked"  # added by a person


class Lack(StrEnum):
    """What an item does not have yet."""

    question = "question"
    vitals = "vitals"
    labs = "labs"
    images = "images"
    ecg = "ecg"


class Gone(StrEnum):
    """Where somebody on a list is who does not lie in its ward any more."""

    discharged = "discharged"
    moved = "moved"  # to another ward


class Identified(StrEnum):
    """How it was made sure who lies in the bed."""

    wristband = "wristband"
    spoken = "spoken"  # said aloud, and ticked by two people


class ActKind(StrEnum):
    """What is done on the run-sheet; each act has an id from the device on which it was done."""

    start = "start"
    pause = "pause"
    resume = "resume"
    complete = "complete"
    hand_over = "hand_over"  # to another lead
    present = "present"
    identify = "identify"
    discuss = "discuss"
    defer = "defer"
    skip = "skip"
    say = "say"  # a line for the note: what was said or decided
    ask = "ask"  # a question from whoever follows
    instruct = "instruct"
    read_back = "read_back"
    keep = "keep"  # an instruction of a round before, which is still needed


class Outcome(StrEnum):
    """What became of an act."""

    done = "done"
    overtaken = "overtaken"  # the lead was at another bed meanwhile; kept, and the sheet stays
    already = "already"  # it was so before
    wrong_wristband = "wrong_wristband"  # another number than the patient's: nothing but the alarm


class NoteKind(StrEnum):
    round_note = "round_note"  # 查房记录
    guidance = "guidance"  # 远程指导意见: its hub doctor is not registered at the branch


class SignedAs(StrEnum):
    """As what a signed note stands."""

    hub = "hub"  # 已审签: countersigned by who led the round
    guidance = "guidance"  # given by the hub, signed by the branch's own senior doctor
    ward = "ward"  # by the senior doctor alone: the hub may see the patient no more
