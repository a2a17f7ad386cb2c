"""Events about a patient's record, a hospital's settings, and sign-ins."""

from uuid import UUID

from telemed.history.events import Code, Event, Hint


class SessionEnded(Hint):
    """A sign-in has ended: by signing out, or because somebody else signed in on that browser."""

    type = "session.ended"
    sid: UUID


class RolesRemoved(Hint):
    """Somebody has lost a role: the rooms that it opened to them close for them."""

    type = "account.roles_removed"
    staff_id: UUID


class PatientIdentityChanged(Event):
    """Name, sex, birth date or a number of the patient changed; one event for each consultation concerned."""

    type = "patient.identity_changed"
    id: UUID
    fields: tuple[Code, ...]  # name, sex, birth_date, number


class PatientChanged(Event):
    """What a request needs of the patient besides the identity changed; one event for each consultation concerned."""

    type = "patient.changed"
    id: UUID
    fields: tuple[Code, ...]  # allergy, allergy_text, estimated_age, temporary


class AdmissionOpened(Event):
    """A patient lies in the hospital, as its system or a person says; `ward_id` where the ward is one of ours."""

    type = "admission.opened"
    id: UUID
    ward_id: UUID | None


class AdmissionMoved(Event):
    """A patient lies in another ward or bed than before."""

    type = "admission.moved"
    id: UUID
    from_ward_id: UUID | None
    ward_id: UUID | None


class AdmissionClosed(Event):
    """A stay has ended, or another has begun."""

    type = "admission.closed"
    id: UUID
    ward_id: UUID | None


class SettingsChanged(Event):
    """A hospital has switched the endorsement or the review of its requests on or off."""

    type = "hospital.settings_changed"
    endorsement: bool  # as it is now
    review: bool
