"""How a hub's over-read stands to the branch's own report. Pure."""


def lines(impression: str) -> list[str]:
    """The lines of a diagnosis (诊断意见): what a discrepancy is about. The page finds them alike, in comparing.ts."""
    return [line.strip() for line in impression.splitlines() if line.strip()]
