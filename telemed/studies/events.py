"""What happens to a study: it arrives, grows, is complete, and somebody says whose it is."""

from uuid import UUID

from telemed.history.events import Event, Hint, News, Words
from telemed.studies.model import LinkState


class OfStudy(News):
    """One study at the hospital that holds it; `id` is its link, whose state says whose it is."""

    id: UUID
    study_uid: Words  # it stands in the images' headers, outside this product too
    state: LinkState
    rev: int
    received: int = 0
    expected: int | None = None


class StudyReceived(OfStudy, Event):
    """The first images of a study have arrived."""

    type = "study.received"


class StudyGrew(OfStudy, Hint):
    """More images have arrived."""

    type = "study.grew"


class StudyCompleted(OfStudy, Event):
    """The declared count is reached, or a person said that this is all."""

    type = "study.completed"


class StudyConfirmed(OfStudy, Event):
    """It is the patient's: by itself, because all agrees, or by a person of the hospital with a reason."""

    type = "study.confirmed"
    reason: Words | None = None


class StudyUnconfirmed(OfStudy, Event):
    """It was confirmed, and what has arrived since no longer agrees: a person must look."""

    type = "study.unconfirmed"


class StudyRejected(OfStudy, Event):
    """A person of the hospital said that it is not this patient's."""

    type = "study.rejected"
    reason: Words | None = None


OF_STATE: dict[LinkState, type[OfStudy]] = {  # what a person decides
    LinkState.confirmed: StudyConfirmed,
    LinkState.rejected: StudyRejected,
}


class OfHiding(Event):
    """Who may see a study at its own hospital has changed."""

    study_uid: Words


class StudyHidden(OfHiding):
    """The header contradicts the record or holds two patients: only imaging roles see it."""

    type = "study.hidden"


class StudyShown(OfHiding):
    """It is seen by everybody of its hospital again."""

    type = "study.shown"
