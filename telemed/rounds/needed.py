"""What a bed of a specialty needs for its round unless the hub's coordinators say otherwise. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from telemed.rounds.model import RoundTemplate
from telemed.rounds.words import Lack

USUALLY: Final = (Lack.question, Lack.vitals, Lack.labs)


@dataclass(frozen=True)
class Needed:
    """`labs`: tests that must be there by name, each with its other names after a slash; none: any test will do.

    `questions`: what is usually asked of a lead of this specialty, to begin from.
    """

    needs: tuple[Lack, ...] = USUALLY
    labs: tuple[str, ...] = ()
    questions: tuple[str, ...] = ("目前诊断和治疗是否需要调整？", "是否需要进一步检查，或转上级医院？")


BUILT_IN: Final = {
    "cardiology": Needed(
        (*USUALLY, Lack.ecg),
        ("NT-proBNP/BNP", "血钾/钾/K"),
        ("容量状态如何，利尿剂是否调整？", "抗栓治疗是否调整？", "是否需要介入治疗，何时转上级医院？"),
    ),
    "respiratory": Needed(
        (*USUALLY, Lack.images),
        ("C 反应蛋白/CRP/hs-CRP",),
        ("抗感染方案是否调整？", "氧疗或呼吸支持是否调整？", "影像变化如何判断，是否需要支气管镜？"),
    ),
    "neurology": Needed(
        (*USUALLY, Lack.images),
        (),
        ("定位和定性诊断如何？", "抗栓或降压目标是否调整？", "康复何时开始，是否需要转上级医院？"),
    ),
    "orthopaedics": Needed(
        (*USUALLY, Lack.images),
        ("血红蛋白/Hb/HGB",),
        ("复位和固定是否满意？", "负重和功能锻炼何时开始？", "抗凝和镇痛是否调整？"),
    ),
}
OTHERS: Final = Needed()


def needed_of(specialty: str, changed: RoundTemplate | None) -> Needed:
    if changed is None:
        return BUILT_IN.get(specialty, OTHERS)
    needs = {Lack(each) for each in changed.needs}
    return Needed(tuple(each for each in Lack if each in needs), tuple(changed.labs), tuple(changed.questions))


def not_found(labs: Iterable[str], names: Collection[str]) -> list[str]:
    """The first name of each of these tests that is not among `names`, the codes and names of those that were done.

    A name of letters is a word of its own there, so that K is not found in CK; one in Chinese may be part of a longer.
    """
    done = [each.casefold() for each in names]
    lab_names = ([one.strip() for one in each.split("/") if one.strip()] for each in labs)
    return [them[0] for them in lab_names if them and not any(_is(one, each) for one in them for each in done)]


def _is(name: str, done: str) -> bool:
    wanted = re.escape(name.casefold())
    return re.search(rf"(?<![a-z0-9]){wanted}(?![a-z0-9])", done) is not None
