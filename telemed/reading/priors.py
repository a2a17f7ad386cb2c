"""Which of a patient's other studies are priors (既往) of a reading: earlier ones of the same part of the body.

A study says its part in its name. Where the name does not say it, one of the same modality counts. What is no prior is
not opened: a grant shows of a patient what the reading needs and nothing else.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from telemed.reading.model import Reading
from telemed.reading.rules import modality_of
from telemed.reading.words import Part
from telemed.studies.service import Held

# In this order: 颈椎 is of the spine, not of the neck. web/src/features/reading/part.ts guesses with the same words
# when a reading is requested; part_names.json in the tests keeps both alike.
WORDS: Final = [
    (re.compile(pattern, re.IGNORECASE), part)
    for pattern, part in (
        ("冠状动脉|心脏|超声心动|heart|cardiac|coronary", Part.heart),
        ("头|颅|脑|head|brain|skull", Part.head),
        ("颈椎|胸椎|腰椎|脊柱|spine", Part.spine),
        ("颈|neck", Part.neck),
        ("乳腺|breast", Part.breast),
        ("全身|whole", Part.whole_body),
        ("胸|肺|主动脉|chest|lung|aort", Part.chest),
        ("盆|前列腺|pelvi|prostat", Part.pelvis),
        ("腹|肝|胰|肾|abdom|liver|pancrea", Part.abdomen),
        ("肩|肘|腕|手|上肢|shoulder|elbow|wrist|hand", Part.upper_limb),
        ("髋|膝|踝|足|小腿|下肢|hip|knee|ankle|foot|leg", Part.lower_limb),
    )
]
# Parts that are seen on each other's images.
TOGETHER: Final = [{Part.chest, Part.heart}, {Part.abdomen, Part.pelvis}, {Part.head, Part.neck}]


class Priors(NamedTuple):
    """The study that is read, if it is the patient's, and its priors, the most alike first."""

    study: Held | None
    priors: list[Held]


def part_of(name: str) -> Part | None:
    return next((part for pattern, part in WORDS if pattern.search(name)), None)


def of_reading(row: Reading, held: Iterable[Held]) -> Priors:
    """`held`: what is linked to the patient, the newest first."""
    theirs = [each for each in held if each.hospital_id == row.branch_id and each.confirmed and not each.hidden]
    study = next((each for each in theirs if each.study_uid == row.study_uid), None)
    if study is None:
        return Priors(None, [])  # it is not known any more that it is this patient
    found = [each for each in theirs if each is not study and _earlier(each, study) and _same_part(each, row)]
    return Priors(study, sorted(found, key=lambda each: modality_of(each.modalities) != row.modality))


def _earlier(one: Held, study: Held) -> bool:
    return one.taken_at is None or study.taken_at is None or one.taken_at <= study.taken_at


def _same_part(one: Held, row: Reading) -> bool:
    part = part_of(one.description)
    if part is None:
        return modality_of(one.modalities) == row.modality
    return part is row.part or Part.whole_body in (part, row.part) or _together(part, row.part)


def _together(*parts: Part) -> bool:
    return any(each.issuperset(parts) for each in TOGETHER)


def opened(row: Reading, held: Collection[Held]) -> list[tuple[str, str]]:
    """What a grant of this reading opens, as (hospital, study): the study and its priors, or nothing."""
    study, priors = of_reading(row, held)
    return [(each.hospital_id, each.study_uid) for each in ([study] if study else []) + priors]
