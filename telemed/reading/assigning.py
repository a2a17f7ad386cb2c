"""To whom of those on duty a reading is given: of its subspecialty, whoever has the least open work. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final, NamedTuple
from uuid import UUID

from pydantic import Field, StringConstraints

from telemed.kit.model import Model
from telemed.reading.rules import SUBSPECIALTY
from telemed.reading.words import Part, Subspecialty

MOST: Final = 20


class Weight(Model):
    """How much work one study of this modality is, of this part or of any; what no row names weighs 1."""

    modality: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}$")]
    part: Part | None = None
    weight: Annotated[int, Field(ge=1, le=MOST)]


class Work(NamedTuple):
    """Open readings of one kind that one reader has."""

    reader: UUID
    modality: str
    part: Part
    studies: int


WEIGHTS: Final = (
    Weight(modality="CT", weight=3),
    Weight(modality="CT", part=Part.heart, weight=5),
    Weight(modality="CT", part=Part.whole_body, weight=5),
    Weight(modality="MR", weight=4),
    Weight(modality="PT", weight=6),
    Weight(modality="MG", weight=2),
)
"""What a desk begins with: a radiograph is 1."""


def weight_of(weights: Iterable[Weight], modality: str, part: Part) -> int:
    """The row of this part before the one of any part."""
    found = {each.part: each.weight for each in weights if each.modality == modality}
    return found.get(part) or found.get(None) or 1


def reader_for(
    part: Part,
    on_duty: Sequence[UUID],
    subspecialties: Mapping[UUID, Iterable[Subspecialty]],
    weights: Sequence[Weight],
    work: Iterable[Work],
) -> UUID | None:
    """Of those on duty who name its subspecialty; else of those who name none; else of all, because somebody must.
    Of equals the first in the roster's order. None if nobody is on duty.
    """
    wanted = SUBSPECIALTY[part]
    theirs = [each for each in on_duty if wanted in subspecialties.get(each, ())]
    general = [each for each in on_duty if not subspecialties.get(each)]
    fit = (list(on_duty) if wanted is Subspecialty.any else theirs or general) or list(on_duty)
    load = dict.fromkeys(fit, 0)
    for each in work:
        if each.reader in load:
            load[each.reader] += weight_of(weights, each.modality, each.part) * each.studies
    return min(fit, key=lambda each: load[each], default=None)
