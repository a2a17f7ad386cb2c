"""The vocabulary of critical findings (危急值): states, actions and capacities."""

from enum import StrEnum

from telemed.kit.activity import ACTIVITIES

KIND = ACTIVITIES.declare("critical_finding")


class FindingState(StrEnum):
    detected = "detected"
    notifying = "notifying"  # the ladder climbs until somebody has read it back
    read_back = "read_back"  # 已复述
    acted = "acted"  # 已处置
    closed = "closed"
    withdrawn = "withdrawn"  # 已撤回: it was a mistake; what was told and done stays in the record


class FindingAction(StrEnum):
    notify = "notify"
    tell = "tell"  # a telephone call is recorded
    hear = "hear"  # the value was read back on the telephone
    read_back = "read_back"
    act = "act"
    close = "close"
    withdraw = "withdraw"


class Who(StrEnum):
    """The capacities in which somebody acts on a critical finding."""

    caller = "caller"  # a radiologist of the hub, or the branch's imaging department: they telephone
    receiver = "receiver"  # doctors and nurses of the branch, and its medical office
    withdrawer = "withdrawer"  # who raised it, or a radiologist of the hub who reviews their reports
    system = "system"


class Heard(StrEnum):
    """How somebody was told, and answered."""

    page = "page"
    telephone = "telephone"
