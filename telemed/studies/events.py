"""The events of a study: it arrives, grows, is complete, and is confirmed or rejected as a patient's."""

from uuid import UUID

from telemed.history.events import Event, Hint, News, Words
from telemed.studies.model import LinkState


class OfStudy(News):
    """A study of a hospital; `id` is its study link, and `state` the link's."""

    id: UUID
    study_uid: Words  # it is in the images' headers, so it identifies the patient outside this product
    state: LinkState
    rev: int
    received: int = 0
    expected: int | None = None


class StudyReceived(OfStudy, Event):
    """The first images of a study have arrived."""

    type = "study.received"


class StudyGrew(OfStudy, Hint):
    """More images have arrived, or it is known how many are missing."""

    type = "study.grew"


class StudyCompleted(OfStudy, Event):
    """The declared count was reached, or a person said that the study is complete."""

    type = "study.completed"


class StudyConfirmed(OfStudy, Event):
    """Confirmed as the patient's: automatically, because all agrees, or by a person of the hospital with a reason."""

    type = "study.confirmed"
    reason: Words | None = None


class StudyUnconfirmed(OfStudy, Event):
    """A confirmed study no longer agrees with the patient: a person must check it."""

    type = "study.unconfirmed"


class StudyRejected(OfStudy, Event):
    """A person of the hospital said that it is not this patient's."""

    type = "study.rejected"
    reason: Words | None = None


OF_STATE: dict[LinkState, type[OfStudy]] = {  # by what a person decided
    LinkState.confirmed: StudyConfirmed,
    LinkState.rejected: StudyRejected,
}


class OfHiding(Event):
    """A study was hidden at its hospital, or shown again."""

    study_uid: Words


class StudyHidden(OfHiding):
    """Only imaging roles see it from now on: its header contradicts the record, or it has images of two patients."""

    type = "study.hidden"


class StudyShown(OfHiding):
    """A hidden study was shown to its whole hospital again."""

    type = "study.shown"
