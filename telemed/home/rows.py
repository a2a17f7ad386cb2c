"""Which of the exceptions stand in one row."""

from collections.abc import Sequence

from telemed.home.schemas import ExceptionOut
from telemed.work.ladders import trouble


def one_a_trouble(rows: Sequence[ExceptionOut]) -> list[ExceptionOut]:
    """The rows, those of one activity that tell of the same trouble as one: the worst, where the first of them stood.

    What is late is worse than what is not. The others are named in it, with whom they did not reach.
    """
    groups: dict[object, list[ExceptionOut]] = {}
    for each in rows:
        of, _ = trouble(each.ladder)
        groups.setdefault((each.activity_id, of) if of and each.activity_id else each.id, []).append(each)
    return [_merged(each) for each in groups.values()]


def _merged(rows: list[ExceptionOut]) -> ExceptionOut:
    worst, *others = sorted(rows, key=lambda each: (not each.late, trouble(each.ladder)))
    missed = [who for each in (worst, *others) for who in each.undelivered]
    return worst.model_copy(
        update={
            "climbed": max(each.climbed for each in rows),
            "also": [each.ladder for each in others if each.late],
            "undelivered": [who for n, who in enumerate(missed) if who not in missed[:n]],
        }
    )
