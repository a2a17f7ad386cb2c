"""The events of signed opinions and their advice."""

from datetime import datetime
from uuid import UUID

from telemed.consultations.events import AdviceAnswer, AdviceGiven
from telemed.history.events import Code, Event, Words


class OfOpinion(Event):
    """An opinion changed; `rev` is the version of its consultation."""

    rev: int = 0


class OpinionAmended(OfOpinion):
    """An amendment was signed; the version before it stays as it was."""

    type = "opinion.amended"
    number: int
    opinion_id: UUID | None = None
    reason: Words | None = None
    advice: tuple[AdviceGiven, ...] = ()  # all advice in force now


class OpinionTakenOver(OfOpinion):
    """A new lead expert took over what the former one had written; `kept`: to go on with it, else to begin anew."""

    type = "opinion.taken_over"
    number: int
    before_id: UUID
    before_name: Words
    kept: bool


class OpinionCoSigned(OfOpinion):
    """An expert beside the lead co-signed; `late`: after the lead's signature."""

    type = "opinion.co_signed"
    number: int
    late: bool


class OpinionDissented(OfOpinion):
    """An expert recorded a dissent; its words are in the record or on a page."""

    type = "opinion.dissented"
    number: int
    late: bool


class SectionSigned(OfOpinion):
    """An expert of an MDT signed their section; `number` above 1: a correction of it."""

    type = "opinion.section_signed"
    number: int


class AbsenceStated(OfOpinion):
    """The chair of an MDT said that an expert does not sign."""

    type = "opinion.absence_stated"
    staff_id: UUID
    name: Words
    reason: Words


class OpinionRecalled(OfOpinion):
    """A study it rests on turned out not to be this patient's."""

    type = "opinion.recalled"
    number: int
    studies: tuple[Words, ...]


class OpinionReinstated(OfOpinion):
    """A recalled study was confirmed as this patient's again."""

    type = "opinion.reinstated"
    number: int
    studies: tuple[Words, ...]


class OpinionRecallNoted(OfOpinion):
    """Without a consent nobody reassesses it: the branch knows that it must not be relied on."""

    type = "opinion.recall_noted"
    number: int


class OpinionAcknowledged(OfOpinion):
    """The advice of an amendment was answered; a first answer is `consultation.acknowledged`."""

    type = "opinion.acknowledged"
    numbers: tuple[int, ...]
    answers: tuple[AdviceAnswer, ...] = ()


class OfAdvice(Event):
    """What the branch did with one adopted advice; `rev` is the version of the consultation."""

    n: int
    advice_id: UUID | None = None
    kind: Code = ""
    due_at: datetime | None = None
    rev: int = 0


class AdviceExecuted(OfAdvice):
    """A doctor of the branch recorded that the order was written in the hospital system."""

    type = "advice.executed"
    ordered_at: datetime | None = None


class AdviceDeclined(OfAdvice):
    """A doctor of the branch recorded why there is no order."""

    type = "advice.declined"
    reason: Words = ""
