"""The side of the body: what a study's name says, and whether a report speaks of the other one."""

import re
from typing import Final

from telemed.reading.words import Side

# 双源, 双能, 双期, 双低 and their like are ways to examine, not sides.
SIDES: Final = (
    (re.compile(r"双(?![源能期时低参回平腔球探重对模排J])|bilateral|both", re.IGNORECASE), Side.both),
    (re.compile(r"左|\bleft\b", re.IGNORECASE), Side.left),
    (re.compile(r"右|\bright\b", re.IGNORECASE), Side.right),
)


LATERALITY: Final = {"R": Side.right, "L": Side.left, "B": Side.both}


def side_of(name: str, laterality: str) -> Side:
    """The side that a study's name says, else its images; web/src/features/reading/part.ts guesses alike."""
    said = next((side for pattern, side in SIDES if pattern.search(name)), None)
    return said or LATERALITY.get(laterality, Side.none)


def names_other_side(side: Side, *texts: str) -> bool:
    """Whether a report on one side speaks only of the other: a doubt to be shown, not an error."""
    words = {Side.left: ("左", "右"), Side.right: ("右", "左")}.get(side)
    written = "".join(texts)
    return words is not None and words[1] in written and words[0] not in written
