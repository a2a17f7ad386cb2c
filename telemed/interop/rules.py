"""What a mail has to say next to one person's calendar about one booking. Pure."""

from typing import Final, NamedTuple

from telemed.interop.model import Method


class Said(NamedTuple):
    """`sequence`: as the field SEQUENCE. `what`: a digest of time and place."""

    method: Method | None
    sequence: int
    what: str


NOTHING: Final = Said(None, -1, "")


def next_said(has: Said, under_way: Said, what: str, sequence: int, *, comes: bool, doubtful: bool) -> Said | None:
    """What is to be said; None if the calendar has it, or a mail under way brings it.

    `has`: what it surely has. `under_way`: what a mail brings, or has brought perhaps if it is `doubtful`; the same is
    then said again. `sequence`: the booking's own, which is never gone below; what is said later is higher.
    Nothing is taken back that cannot have been given.
    """
    last = under_way if under_way.method else has
    if comes:
        if (last.method, last.what) == (Method.request, what):
            return last if doubtful else None
        return Said(Method.request, max(sequence, last.sequence + 1), what)
    if Method.request not in (has.method, under_way.method):
        return None
    if last.method is Method.cancel:
        return last if doubtful else None
    return Said(Method.cancel, max(sequence, last.sequence + 1), what)
