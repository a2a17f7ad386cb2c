"""The content of a 危急值登记, the register of a day's critical findings, in the words that are printed."""

from telemed.documents.record import Printed


class FindingLine(Printed):
    place: str  # ward and bed
    patient: str
    number: str
    examination: str
    finding: str
    value: str
    found: str  # when, and by whom
    told: str  # who read it back, with their number
    read_back: str
    calls: str
    informed: str
    action: str
    state: str
    withdrawn: str = ""  # when, by whom and why: the finding is struck


class RegisterPrint(Printed):
    """`ward` is empty for all."""

    hospital: str
    day: str
    ward: str
    at: str  # to the second
    by: str
    demo: bool
    rows: list[FindingLine]
    note: str = ""
