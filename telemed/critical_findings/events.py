"""What happens to a critical finding."""

from telemed.activities.events import OfActivity
from telemed.critical_findings.words import FindingAction as Action
from telemed.critical_findings.words import FindingState as State
from telemed.critical_findings.words import Heard
from telemed.history.events import Code


class OfFinding(OfActivity):
    """A critical finding was raised, or an action of its table was taken."""

    source: State | None = None
    target: State


class FindingRaised(OfFinding):
    """A radiologist found something of which the branch must know at once."""

    type = "critical_finding.raised"
    code: Code  # of the list; empty: in the finder's own words
    modality: Code


class FindingNotified(OfFinding):
    """Its ladder has begun to climb."""

    type = "critical_finding.notified"


class FindingTelephoned(OfFinding):
    """Somebody of the branch was told of it on the telephone; `correct`: and read the value back."""

    type = "critical_finding.telephoned"
    correct: bool


class FindingMistaken(OfFinding):
    """Something else than its key value was read back."""

    type = "critical_finding.mistaken"
    times: int


class FindingReadBack(OfFinding):
    """Somebody of the branch read its key value back."""

    type = "critical_finding.repeated"
    how: Heard
    seconds: int  # since it was raised


class FindingActedOn(OfFinding):
    """A doctor of the branch was informed and acted."""

    type = "critical_finding.acted"
    seconds: int


class FindingClosed(OfFinding):
    """The branch closed it."""

    type = "critical_finding.closed"


class FindingWithdrawn(OfFinding):
    """Whoever raised it, or a reviewer, took it back as a mistake."""

    type = "critical_finding.withdrawn"
    seconds: int  # since it was raised


OF_FINDING: dict[Action, type[OfFinding]] = {
    Action.notify: FindingNotified,
    Action.tell: FindingTelephoned,
    Action.hear: FindingReadBack,
    Action.read_back: FindingReadBack,
    Action.act: FindingActedOn,
    Action.close: FindingClosed,
    Action.withdraw: FindingWithdrawn,
}
