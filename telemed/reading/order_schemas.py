"""What is read ahead at the desk."""

from uuid import UUID

from telemed.kit.model import Model


class ReadingAhead(Model):
    """Where its images are, and how many have come."""

    id: UUID
    hospital_id: str
    study_uid: str
    received: int


class AheadOut(Model):
    """What claiming the next would give now; null: nothing, or its study is recalled."""

    reading: ReadingAhead | None
