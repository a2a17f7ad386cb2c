"""What happens to a reading: one event for each action of the transition table."""

from datetime import datetime
from uuid import UUID

from telemed.activities.events import OfActivity
from telemed.history.events import Code, Words
from telemed.reading.words import Grade, Urgency
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State


class OfTogether(OfActivity):
    """Somebody may see the reading, or no longer, because they were invited to read it together."""

    staff_id: UUID
    name: Words


class ReaderInvited(OfTogether):
    """Somebody was invited to read it together, and may see it for four hours if they might not before."""

    type = "reading.reader_invited"


class ReaderInvitationEnded(OfTogether):
    """Who invited somebody ended it, or its four hours are over."""

    type = "reading.invitation_ended"


class OfReading(OfActivity):
    """An action of the transition table was taken."""

    source: State | None = None
    target: State
    urgency: Urgency
    due_at: datetime | None = None
    reader_id: UUID | None = None


class ReadingRequested(OfReading):
    """A branch asked a hub to read a study."""

    type = "reading.requested"
    modality: Code


class BranchReportAdded(OfReading):
    """The branch gave its own report of the study, or a further version of it, to be compared with."""

    type = "reading.branch_report_added"
    number: int


class DiscrepancyRecorded(OfReading):
    """An over-read was issued that differs from the branch's report, of which it names the version."""

    type = "reading.discrepancy_recorded"
    grade: Grade
    branch_report: int


class GradeCorrected(OfReading):
    """The grade of an over-read that was issued was corrected, with a reason; figures go by the newest."""

    type = "reading.grade_corrected"
    before: Grade
    grade: Grade
    number: int
    reason: Words


class ReadingAssigned(OfReading):
    """It was given to a reader on duty: of its subspecialty, whoever has the least open work."""

    type = "reading.assigned"


class ReadingClaimed(OfReading):
    """A reader claimed it, to write its report; the reason is why before something more pressing, if it was."""

    type = "reading.claimed"
    reason: Words = ""


class ReadingTakenOver(OfReading):
    """A reader took it over from another, who had claimed it or had been given it."""

    type = "reading.taken_over"
    before_id: UUID | None = None
    reason: Words


class ReadingReleased(OfReading):
    """Its reader gave the claim up, or did nothing for ten minutes."""

    type = "reading.released"


class ReadingReturned(OfReading):
    """It was sent back to the branch, which must do something first."""

    type = "reading.returned"
    code: Code
    reason: Words = ""


class ReadingResent(OfReading):
    """The branch has done what was asked, and requests it again."""

    type = "reading.resent"


class ReadingWithdrawn(OfReading):
    """The branch does not want it read any more, or the consent for it was withdrawn; the hub no longer sees it."""

    type = "reading.withdrawn"
    reason: Words = ""
    by_consent: bool = False


class ReadingClockStarted(OfReading):
    """Its images are all there, so its time has begun to run."""

    type = "reading.clock_started"


class ReportSubmitted(OfReading):
    """Its report is written and waits for the review by a more senior radiologist."""

    type = "reading.submitted"


class ReportTakenBack(OfReading):
    """Its author took the report back before anybody had reviewed it."""

    type = "reading.taken_back"


class ReportToRevise(OfReading):
    """The reviewer gave the report back to its author, with reasons."""

    type = "reading.revision_asked"
    reason: Words


class ReportIssued(OfReading):
    """A second radiologist reviewed the report and issued it to the branch."""

    type = "reading.issued"
    reviewer_id: UUID
    grade: Grade | None = None  # of an over-read: how it stands to the branch's report


class ReportIssuedAlone(OfReading):
    """Out of hours its author issued the report as a provisional one, which is still to be reviewed."""

    type = "reading.issued_alone"


class ReportRecalled(OfReading):
    """The study of an issued report is not confirmed as the patient's any more: the report must not be relied on."""

    type = "reading.recalled"


class ReportReinstated(OfReading):
    """The study of a recalled report is confirmed as the patient's again."""

    type = "reading.reinstated"


class ReportOutgrown(OfReading):
    """More images have come of its study than the issued report was written on."""

    type = "reading.outgrown"


class ReportAddended(OfReading):
    """A senior radiologist added to or corrected what was issued; the issued text stays as it is."""

    type = "reading.addended"
    kind: Code
    number: int


OF_ACTION: dict[Action, type[OfReading]] = {
    Action.assign: ReadingAssigned,
    Action.claim: ReadingClaimed,
    Action.take_over: ReadingTakenOver,
    Action.release: ReadingReleased,
    Action.return_: ReadingReturned,
    Action.resend: ReadingResent,
    Action.withdraw: ReadingWithdrawn,
    Action.submit: ReportSubmitted,
    Action.take_back: ReportTakenBack,
    Action.revise: ReportToRevise,
    Action.issue: ReportIssued,
    Action.issue_alone: ReportIssuedAlone,
    Action.addend: ReportAddended,
}
