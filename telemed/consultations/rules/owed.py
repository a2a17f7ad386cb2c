"""What a branch owes beside the steps, and which of its roles do it: the case page offers it to them."""

from collections.abc import Collection, Mapping
from typing import Final

from telemed.access.model import Actor, Role
from telemed.cases.model import Consent
from telemed.cases.rules import APPROVING, KEEPING, TAKING, awaits_approval, gone, stands
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import BEFORE_SIGNED, CALLED_OFF
from telemed.consultations.words import State
from telemed.studies.rules import SENDING
from telemed.work.model import WorkKind

REPLACING: Final = (Role.requesting_doctor, Role.senior_doctor, Role.duty_officer, Role.reviewer)  # as the table says
NOTHING_OWED: Final = CALLED_OFF | {State.draft}  # its doctor completes the request itself, or it is over
DOES: Final[Mapping[WorkKind, tuple[Role, ...]]] = {  # the most pressing first
    WorkKind.renew: TAKING,
    WorkKind.name_accompanying: REPLACING,
    WorkKind.approve_consent: APPROVING,
    WorkKind.upload: SENDING,
    WorkKind.consent: KEEPING,
}


def owed_by(row: Consultation, actor: Actor, consents: Collection[Consent], asked: Collection[str]) -> list[WorkKind]:
    """What this person may do of it, whoever it is asked of. `asked`: the kinds of work that somebody is asked for.

    Of consents it follows from themselves, because a page reads them before the work has been asked for or finished.
    """
    if row.state in NOTHING_OWED or actor.hospital_id != row.branch_id:
        return []
    standing = [each for each in consents if stands(each)]
    owes = {
        WorkKind.renew: row.state in BEFORE_SIGNED and gone(consents),
        WorkKind.approve_consent: any(map(awaits_approval, standing)),
        WorkKind.name_accompanying: WorkKind.name_accompanying in asked,
        WorkKind.upload: WorkKind.upload in asked,
        WorkKind.consent: any(each.paper_due for each in standing),
    }
    return [kind for kind, roles in DOES.items() if owes[kind] and actor.has(*roles)]
