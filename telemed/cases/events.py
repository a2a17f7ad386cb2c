"""The events of a case: it is opened, its packet changes, consents are taken and withdrawn."""

from uuid import UUID

from telemed.cases.model import ConsentKind, ItemKind, NoPaper, Scope
from telemed.history.events import Code, Event, Words


class CaseOpened(Event):
    """A case of the patient was opened, by the first paper or by submitting a request."""

    type = "case.opened"


class OfPacket(Event):
    """An item of the packet changed; `version` is the first packet version with the change."""

    id: UUID
    kind: ItemKind
    title: Words
    checklist: Code | None = None
    version: int
    supplement: bool = False  # 会诊中补充


class PacketAdded(OfPacket):
    """A study, a file or a "not done, because" was put into the packet."""

    type = "packet.added"


class PacketSupplemented(OfPacket):
    """会诊中补充: an item was put in during the meeting; it is announced in the room."""

    type = "packet.supplemented"


class PacketWithdrawn(OfPacket):
    """An item was taken out; earlier packet versions still have it."""

    type = "packet.withdrawn"


class OfConsent(Event):
    """A change of one consent."""

    id: UUID
    number: Words
    kind: ConsentKind
    scopes: tuple[Scope, ...] = ()
    paper_due: bool | None = None  # the signed form is still to come


class ConsentRecorded(OfConsent):
    """A consent, or an emergency without one, was recorded."""

    type = "consent.recorded"


class ConsentChanged(OfConsent):
    """A consent was changed before it was signed."""

    type = "consent.changed"


class ConsentPaperFiled(OfConsent):
    """The signed form was filed as a photo or scan."""

    type = "consent.paper_filed"
    file_id: UUID
    sha256: Code | None = None


class ConsentPaperGivenUp(OfConsent):
    """Somebody authorised said that the signed form cannot be had, and why; it agrees to nothing."""

    type = "consent.paper_given_up"
    code: NoPaper
    reason: Words


class ConsentApproved(OfConsent):
    """An emergency without consent was approved by the authorised person."""

    type = "consent.approved"


class ConsentOutdated(OfConsent):
    """It names a hub that is not asked any more, because the consultation was redirected to another."""

    type = "consent.outdated"


class ConsentWithdrawn(OfConsent):
    """The patient's side withdrew it; without another in force the grants end."""

    type = "consent.withdrawn"
    reason: Words
    still_consented: bool
