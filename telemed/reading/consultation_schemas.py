"""The API's inputs and outputs about readings that come from a consultation."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from telemed.consultations.rules.content import Measure
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.kit.uid import Uid
from telemed.reading.words import Part, ReadingState, Side, Urgency

MOST_WORDS = 500  # of a question


class ConsultationReadingIn(Input):
    """What is asked about which study of the consultation; `history` is taken from its request."""

    study_uid: Uid
    part: Part
    side: Side = Side.none
    urgency: Urgency
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_WORDS)]


class AskableStudy(Model):
    """A study of the consultation that is not being read for this hub now. `part` and `side`: what its name says,
    and of the side else its images."""

    study_uid: str
    description: str
    modalities: list[str]
    taken_at: datetime | None
    part: Part | None
    side: Side


class OfConsultation(Model):
    """A reading that comes from the consultation. `may_open`: whether this person may see it and its report."""

    id: UUID
    state: ReadingState
    modality: str
    examination: str
    question: str
    due_at: datetime | None
    issued_at: datetime | None
    waits_for_images: bool
    may_open: bool


class ConsultationReadings(Model):
    """`studies`: what this person may have read now; nothing for who may not ask. `question`, `urgency`: to begin."""

    items: list[OfConsultation]
    studies: list[AskableStudy]
    question: str
    urgency: Urgency
    server_time: datetime


class AskedInConsultation(Model):
    """What the consultation asks, for whoever reads one of its studies. `may_open`: whether they may see it itself."""

    id: UUID
    number: str | None
    purpose: str
    diagnosis: str
    history: str
    past_history: str
    tests: list[Measure]
    tests_at: datetime | None
    may_open: bool
