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

# In this order, and a word that was taken counts for no later part: 颈椎 is of the spine, 股骨头 not of the head.
# web/src/features/reading/part.ts guesses with the same words when a reading is requested; part_names.json in the tests
# keeps both alike.
WORDS: Final = [
    (re.compile(pattern, re.IGNORECASE), part)
    for pattern, part in (
        (r"手术|术[前后中]", None),
        (r"股骨[头颈]|femoral (?:head|neck)", Part.lower_limb),
        (r"[肱桡]骨[头颈]|(?:humeral|radial) (?:head|neck)", Part.upper_limb),
        (r"胰头|腹主动脉|head of pancreas|pancreatic head|abdominal aort\w*", Part.abdomen),
        (r"宫颈|cervix|前列腺", Part.pelvis),
        (r"冠状动脉|冠脉|心脏|超声心动|heart|cardiac|coronary", Part.heart),
        (r"头|颅|脑|\bhead\b|brain|skull", Part.head),
        (r"[颈胸腰]椎|脊柱|spine", Part.spine),
        (r"颈|\bneck\b", Part.neck),
        (r"乳腺|breast", Part.breast),
        (r"全身|whole.?body", Part.whole_body),
        (r"胸|肺|主动脉|chest|lung|aort", Part.chest),
        (r"盆|pelvi|prostat", Part.pelvis),
        (r"腹|肝|胰|肾|abdom|liver|pancrea", Part.abdomen),
        (r"肩|肘|腕|手|上肢|shoulder|elbow|wrist|\bhand", Part.upper_limb),
        (r"髋|膝|踝|足|小腿|下肢|\bhips?\b|knee|ankle|\bfoot\b|\bfeet\b|\blegs?\b", Part.lower_limb),
    )
]
# Parts that are seen on each other's images.
TOGETHER: Final = [{Part.chest, Part.heart}, {Part.abdomen, Part.pelvis}, {Part.head, Part.neck}]


class Priors(NamedTuple):
    """The study that is read, if it is the patient's, and its priors, the most alike first."""

    study: Held | None
    priors: list[Held]


def parts_of(name: str) -> list[Part]:
    """All parts that a study's name says; 胸部+上腹部 says two."""
    found: list[Part] = []
    for pattern, part in WORDS:
        name, taken = pattern.subn(" ", name)
        if taken and part is not None and part not in found:
            found.append(part)
    return found


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
    parts = parts_of(one.description)
    if not parts:
        return modality_of(one.modalities) == row.modality
    return any(part is row.part or Part.whole_body in (part, row.part) or _together(part, row.part) for part in parts)


def _together(*parts: Part) -> bool:
    return any(each.issuperset(parts) for each in TOGETHER)


def opened(row: Reading, held: Collection[Held]) -> list[tuple[str, str]]:
    """What a grant of this reading opens, as (hospital, study): the study and its priors, or nothing."""
    study, priors = of_reading(row, held)
    return [(each.hospital_id, each.study_uid) for each in ([study] if study else []) + priors]
