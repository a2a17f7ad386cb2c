"""When a consent is complete, when it is in force, and how the packet's versions count."""

from collections.abc import Iterable, Mapping
from typing import Any

from telemed.cases.model import Consent, ConsentKind, ItemKind, PacketItem
from telemed.errors import Invalid

SIGNED_ON_PAPER = frozenset({ConsentKind.patient, ConsentKind.relative})
WITNESSES = 2
# The reason of an emergency's consent that submitting recorded by itself; whoever shows or prints it says it in words.
PAPERS_FOLLOW = "emergency_papers_follow"
# What each kind must say before it counts; the paper of the first two is asked for by `recorded`.
MUST_SAY: dict[ConsentKind, tuple[str, ...]] = {
    ConsentKind.patient: (),
    ConsentKind.relative: ("given_by", "relation", "reason"),
    ConsentKind.telephone: ("given_by", "relation", "witnesses"),
    ConsentKind.emergency: ("reason", "attempts"),
}


def lacking(consent: Consent) -> list[str]:
    """The fields its kind still needs, by name."""
    return [name for name in MUST_SAY[consent.kind] if not _said(consent, name)]


def _said(consent: Consent, name: str) -> bool:
    if name == "witnesses":
        return len({each.strip() for each in consent.witnesses if each.strip()}) >= WITNESSES
    return bool(str(getattr(consent, name)).strip())


def rewrites(consent: Consent, new: Mapping[str, Any]) -> bool:
    """Whether anything that it says would say something else."""
    same = (str(consent.kind), sorted(consent.scopes)) == (new["kind"], sorted(new["scopes"]))
    said = (each for each in ("given_by", "relation", "reason", "attempts", "witnesses") if getattr(consent, each))
    return not same or any(getattr(consent, each) != new[each] for each in said)


def covers(consent: Consent) -> bool:
    """Everything its activity needs is agreed to; what is agreed to beyond that (teaching) is free."""
    return set(consent.scopes) >= set(consent.needed)


def recorded(consent: Consent) -> bool:
    """Enough for submitting: the paper of a telephone or emergency consent may follow."""
    if consent.withdrawn_at is not None or not covers(consent):
        return False
    if consent.approved_at is not None:
        return True
    if lacking(consent):
        return False
    return consent.file_id is not None or consent.kind not in SIGNED_ON_PAPER


def in_force(consent: Consent) -> bool:
    """Enough for the consultation: recorded, and approved where nobody could be asked."""
    if consent.kind is ConsentKind.emergency:
        approved = consent.approved_at is not None and consent.withdrawn_at is None
        return approved and covers(consent)
    return recorded(consent)


def state(consent: Consent) -> str:
    """One word for the page: withdrawn, in_force, approval (waits for it), paper (waits for it), incomplete."""
    if consent.withdrawn_at is not None:
        return "withdrawn"
    if in_force(consent):
        return "in_force"
    if lacking(consent) or not covers(consent):
        return "incomplete"
    return "approval" if consent.kind is ConsentKind.emergency else "paper"


def answers(item: PacketItem) -> str | None:
    """The checklist's item that this answers, while it is in the packet."""
    return item.checklist if item.withdrawn_version is None else None


def check_item(kind: ItemKind, *, file: bool, study: bool, checklist: bool, reason: str) -> None:
    """A file, a study, or why a checklist's item was not done."""
    right = {
        ItemKind.file: file,
        ItemKind.study: study,
        ItemKind.not_done: checklist and bool(reason.strip()),
    }
    if not right[kind]:
        word = {ItemKind.file: "file_needed", ItemKind.study: "study_needed", ItemKind.not_done: "reason_needed"}
        raise Invalid(f"This does not make a {kind}.", reason=word[kind])


def next_version(packet_version: int, locked: bool) -> int:
    """A locked packet is never changed: what comes later makes the next version."""
    return packet_version + 1 if locked else max(packet_version, 1)


def in_version(item: PacketItem, version: int) -> bool:
    """Whether the packet held it in this version."""
    return item.version <= version and (item.withdrawn_version is None or item.withdrawn_version > version)


def answered(items: Iterable[PacketItem]) -> frozenset[str]:
    return frozenset(word for item in items if (word := answers(item)))
