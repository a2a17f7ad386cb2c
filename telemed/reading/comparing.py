"""How a hub's over-read stands to the branch's own report. Pure."""

import re

from telemed.errors import Conflict, Invalid
from telemed.reading.model import BranchReport
from telemed.reading.over_read_schemas import ComparisonIn
from telemed.reading.words import Grade, ReadingPurpose


def lines(impression: str) -> list[str]:
    """The lines of a diagnosis (诊断意见): what a discrepancy is about. The page finds them alike, in comparing.ts."""
    return [line.strip() for line in re.split(r"[\r\n]+", impression) if line.strip()]


def refuse(purpose: ReadingPurpose, theirs: BranchReport | None, impression: str, said: ComparisonIn | None) -> None:
    """Raises unless an over-read with this diagnosis has been compared with `theirs`, the branch's newest report, and
    what differs is named; and if anything else was compared."""
    if purpose is not ReadingPurpose.over_read:
        if said is not None:
            raise Invalid("Only an over-read is compared with the branch's report.", reason="not_over_read")
        return
    if theirs is None:
        raise Conflict("The branch has not given its report yet.", reason="branch_report_missing")
    if said is None:
        raise Invalid("Say how it stands to the branch's report.", reason="grade_needed")
    if said.branch_report != theirs.number:
        raise Conflict("The branch has changed its report: compare again.", reason="branch_report_changed")
    ticked = bool(said.branch_lines or said.hub_lines)
    if said.grade is Grade.agreement and ticked:
        raise Invalid("Where both agree no line differs.", reason="lines_of_agreement")
    if said.grade is not Grade.agreement and not ticked:
        raise Invalid("Tick the lines that the difference is about.", reason="lines_needed")
    if not (_are_of(said.branch_lines, theirs.impression) and _are_of(said.hub_lines, impression)):
        raise Invalid("A line that is ticked is not in the diagnosis any more.", reason="lines_gone")


def _are_of(ticked: list[str], impression: str) -> bool:
    return len(set(ticked)) == len(ticked) and set(ticked) <= set(lines(impression))
