"""The content of a 查房记录, the note of one patient's round, and of a 查房单, a whole round as it stands."""

from telemed.documents.page import PatientLine
from telemed.documents.record import Inviter, Printed, Seal


class GivenInstruction(Printed):
    """查房指示: never an order. Empty: not read back, no order recorded."""

    n: int
    text: str
    kind: str
    owner: str
    due: str
    read_back: str  # by whom, when, and what they heard
    order: str  # its number or time, with names; or why it is not carried out


class NoteSignature(Printed):
    part: str
    name: str
    title: str
    at: str


class NotePrint(Printed):
    """`seal` is added when it is printed; everything else is part of the text that was signed."""

    at: str  # signed, to the second
    demo: bool
    title: str  # names the rank (三级查房), or that it is guidance
    guidance: str = ""  # that it is 远程指导意见, and why
    hub: Inviter
    branch: Inviter
    ward: str
    patient: PatientLine
    allergy: str
    allergic: bool = True  # printed in red
    flag: str = ""  # 危重, 隔离
    admitted: str
    round_at: str
    lead: str
    identified: str
    basis: str  # the consent, or the emergency
    summary: str
    question: str
    condition: str
    assessment: str
    plan: str
    instructions: list[GivenInstruction]
    signatures: list[NoteSignature]
    note: str = ""
    seal: Seal | None = None


class RoundBed(Printed):
    """One patient of the list, as the round left them."""

    bed: str
    patient: str
    number: str
    state: str
    why: str = ""  # deferred, skipped
    began: str
    spent: str
    identified: str
    summary: str
    question: str
    record: str  # how far the note is
    instructions: list[GivenInstruction]


class RoundPrint(Printed):
    branch: Inviter
    hub: Inviter
    ward: str
    day: str
    times: str
    state: str
    why: str = ""
    lead: str
    others: str  # who else took part
    at: str  # printed, to the second
    by: str
    demo: bool
    beds: list[RoundBed]
    note: str = ""
