"""Events of people: who a patient is, and who is signed in."""

from uuid import UUID

from telemed.history.events import Code, Event, Hint


class SessionEnded(Hint):
    """A sign-in is over: signed out, or another person signed in on that browser. The audit keeps it as a fact."""

    type = "session.ended"
    sid: UUID


class PatientIdentityChanged(Event):
    """Name, sex, birth date or a number of the patient changed; told once for each consultation it touches."""

    type = "patient.identity_changed"
    id: UUID
    fields: tuple[Code, ...]  # name, sex, birth_date, number
