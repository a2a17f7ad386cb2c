"""When a consent is complete and in force, and how packet versions are counted."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from telemed.access.model import Role
from telemed.cases.model import Consent, ConsentKind, ItemKind, PacketItem
from telemed.errors import Invalid

# Who may do what with a consent: routes, pages and the test of whom ladders tell take it from here.
TAKING: Final = (  # records and completes one, and files other papers of the case
    Role.requesting_doctor,
    Role.accompanying_physician,
    Role.bed_doctor,
    Role.senior_doctor,
    Role.duty_doctor,
    Role.duty_officer,
)
KEEPING: Final = (*TAKING, Role.reviewer)  # files its paper, or withdraws it
# Whom the hospital's head has authorised: approves an emergency, and says that a paper cannot be had.
APPROVING: Final = (Role.duty_officer, Role.reviewer)
SIGNED_ON_PAPER = frozenset({ConsentKind.patient, ConsentKind.relative})
WITNESSES = 2
# The coded reason of an emergency consent that was recorded by submitting; pages and prints translate it.
PAPERS_FOLLOW = "emergency_papers_follow"
# The fields that each kind needs; the paper of the first two kinds is checked by `recorded`.
MUST_SAY: dict[ConsentKind, tuple[str, ...]] = {
    ConsentKind.patient: (),
    ConsentKind.relative: ("given_by", "relation", "reason"),
    ConsentKind.telephone: ("given_by", "relation", "witnesses"),
    ConsentKind.emergency: ("reason", "attempts"),
}


def lacking(consent: Consent) -> list[str]:
    """The names of the fields that its kind still needs."""
    return [name for name in MUST_SAY[consent.kind] if not _said(consent, name)]


def _said(consent: Consent, name: str) -> bool:
    if name == "witnesses":
        return len({each.strip() for each in consent.witnesses if each.strip()}) >= WITNESSES
    return bool(str(getattr(consent, name)).strip())


def rewrites(consent: Consent, new: Mapping[str, Any]) -> bool:
    """Whether `new` changes anything that was already filled in."""
    same = (str(consent.kind), sorted(consent.scopes)) == (new["kind"], sorted(new["scopes"]))
    said = (each for each in ("given_by", "relation", "reason", "attempts", "witnesses") if getattr(consent, each))
    return not same or any(getattr(consent, each) != new[each] for each in said)


def covers(consent: Consent) -> bool:
    """Whether everything that its activity needs is agreed to; other scopes (teaching) are optional."""
    return set(consent.scopes) >= set(consent.needed)


def stands(consent: Consent) -> bool:
    """Whether it is neither withdrawn nor outdated, however much it still lacks."""
    return consent.withdrawn_at is None and consent.outdated_at is None


def names_the_hub(consent: Consent) -> bool:
    """Whether it is of use only for the hub for which it was taken: in an emergency nobody has agreed to anything."""
    return consent.kind is not ConsentKind.emergency


def recorded(consent: Consent) -> bool:
    """Whether it is enough for submitting: the paper of a telephone or emergency consent may follow."""
    if not stands(consent) or not covers(consent):
        return False
    if consent.approved_at is not None:
        return True
    if lacking(consent):
        return False
    return consent.file_id is not None or consent.kind not in SIGNED_ON_PAPER


def in_force(consent: Consent) -> bool:
    """Whether it is enough for the meeting: recorded, and in an emergency also approved."""
    if consent.kind is ConsentKind.emergency:
        return consent.approved_at is not None and stands(consent) and covers(consent)
    return recorded(consent)


def gone(consents: Collection[Consent]) -> bool:
    """Whether there was a consent and all are withdrawn or outdated: then the case is shown to no other hospital.

    An outdated one is no refusal: an emergency that stands is enough beside it, whatever that still lacks.
    """
    refused = any(each.withdrawn_at is not None for each in consents)
    emergency = not refused and any(stands(each) and not names_the_hub(each) for each in consents)
    return not all(map(stands, consents)) and not emergency and not any(map(recorded, consents))


def awaits_approval(consent: Consent) -> bool:
    return consent.kind is ConsentKind.emergency and consent.approved_at is None


def given_up(consent: Consent) -> bool:
    """Whether its paper cannot be had, as somebody authorised has said, and has not come after all.

    Nothing that asks for a consent reads this: the consent opens what it opened before, and no more.
    """
    return consent.unobtainable_at is not None and consent.file_id is None


def state(consent: Consent) -> str:
    """One word for the page; approval and paper are what it waits for."""
    if consent.withdrawn_at is not None:
        return "withdrawn"
    if consent.outdated_at is not None:
        return "outdated"
    if in_force(consent):
        return "in_force"
    if lacking(consent) or not covers(consent):
        return "incomplete"
    return "approval" if consent.kind is ConsentKind.emergency else "paper"


def answers(item: PacketItem) -> str | None:
    """The item of the checklist that this answers; None if it was taken out."""
    return item.checklist if item.withdrawn_version is None else None


def check_item(kind: ItemKind, *, file: bool, study: bool, checklist: bool, reason: str) -> None:
    """Raises unless it is a file, a study, or the reason why an item of the checklist was not done."""
    right = {
        ItemKind.file: file,
        ItemKind.study: study,
        ItemKind.not_done: checklist and bool(reason.strip()),
    }
    if not right[kind]:
        word = {ItemKind.file: "file_needed", ItemKind.study: "study_needed", ItemKind.not_done: "reason_needed"}
        raise Invalid(f"This does not make a {kind}.", reason=word[kind])


def next_version(packet_version: int, locked: bool) -> int:
    """The version that a change makes: a locked packet is not changed, so the next one."""
    return packet_version + 1 if locked else max(packet_version, 1)


def in_version(item: PacketItem, version: int) -> bool:
    """Whether the packet held it in this version."""
    return item.version <= version and (item.withdrawn_version is None or item.withdrawn_version > version)


def answered(items: Iterable[PacketItem]) -> frozenset[str]:
    return frozenset(word for item in items if (word := answers(item)))
