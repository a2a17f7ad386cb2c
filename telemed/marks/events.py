"""The events of marks."""

from uuid import UUID

from telemed.history.events import Event, Words


class MarksSaved(Event):
    """Somebody saved or deleted marks of theirs on a study; `id` is its UID."""

    type = "marks.saved"
    id: Words
    author_id: UUID
    put: int
    deleted: int
