"""The events of marks."""

from telemed.history.events import Event, Words


class MarksSaved(Event):
    """Somebody saved or deleted marks of theirs on a study; `id` is its UID."""

    type = "marks.saved"
    id: Words
    put: int
    deleted: int
