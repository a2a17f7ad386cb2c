"""The readiness gate: what must hold before a consultation starts, computed from loaded evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from telemed.activities.model import Participant
from telemed.cases.model import Consent, PacketItem
from telemed.cases.rules import answered, in_force, stands
from telemed.consultations.rules.content import RequestNeeds, checklist
from telemed.consultations.words import ParticipantRole
from telemed.devices.model import DeviceCheck
from telemed.rooms.model import DeviceTest


class Arrived(Protocol):
    """A study of which at least some files have arrived. `expected` is None while the full number is not known."""

    @property
    def received(self) -> int: ...
    @property
    def expected(self) -> int | None: ...
    @property
    def complete(self) -> bool: ...


Tested = DeviceTest | DeviceCheck


@dataclass(frozen=True)
class Evidence:
    needs: RequestNeeds
    consents: Sequence[Consent]
    packet: Sequence[PacketItem]
    held: Sequence[Arrived]  # confirmed as the patient's
    waiting: int  # studies that somebody must confirm as the patient's
    awaited: int  # studies that were named and have not arrived
    others: int  # studies that were named and are another patient's
    registered_until: date | None  # until when the lead expert may practise at the branch; None: not on the day
    registration_ended: date | None  # if it has by that day
    day: date  # of the meeting, at the branch; before it is booked, today
    registration_required: bool  # by the agreement
    tests: Mapping[str, Tested | None]  # the device test that counts, by the name of its check
    participants: Sequence[Participant]


@dataclass(frozen=True)
class Check:
    """One line of the gate. `blocks`: while it is red, the consultation does not start by itself."""

    key: str
    ok: bool
    blocks: bool = True
    at: datetime | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def checks(known: Evidence) -> list[Check]:
    """Every line, green or red, with what a person needs to know to mend it."""
    return [
        _consent(known),
        _packet(known),
        *_images(known),
        _registration(known),
        *(_device(key, last) for key, last in known.tests.items()),
        _accompanying_here(known),
    ]


def red(found: Sequence[Check]) -> list[str]:
    return [each.key for each in found if each.blocks and not each.ok]


def never_without(found: Sequence[Check]) -> list[str]:
    """The red lines that nobody may start with: no consent, or images that may be another patient's."""
    return sorted(each.key for each in found if not each.ok and (each.key == "consent" or each.detail.get("waiting")))


def named_missing(found: Sequence[Check]) -> list[str]:
    """The red lines as the record names them; the packet's line becomes `checklist.<item>` for each missing paper."""
    papers: list[str] = next((each.detail["missing"] for each in found if each.key == "packet"), [])
    return [each for each in red(found) if each != "packet"] + [f"checklist.{each}" for each in papers]


def _consent(known: Evidence) -> Check:
    ok = any(in_force(each) for each in known.consents)
    last = max((each.at for each in known.consents), default=None)
    kinds = [each.kind for each in known.consents if stands(each)]
    return Check(key="consent", ok=ok, at=last, detail={"kinds": kinds})


def _packet(known: Evidence) -> Check:
    wanted, have = checklist(known.needs.specialty), answered(known.packet)
    missing = [each for each in wanted if each not in have]
    detail = {"missing": missing, "have": len(wanted) - len(missing), "of": len(wanted)}
    return Check(key="packet", ok=not missing, detail=detail)


def _images(known: Evidence) -> list[Check]:
    """Green if every named study is confirmed as the patient's and complete."""
    if known.needs.no_images:
        return [Check(key="images", ok=True, detail={"no_images": True})]
    expected = [each.expected for each in known.held]
    counts = {
        "received": sum(each.received for each in known.held),
        "expected": None if None in expected else sum(each or 0 for each in expected),
        "studies": len(known.held),
        "missing": known.awaited,
        "others": known.others,
    }
    lacking = known.awaited + known.others
    complete = bool(known.held) and not lacking and all(each.complete for each in known.held)
    identity = bool(known.held) and not known.waiting
    return [
        Check(key="images", ok=complete, detail=counts),
        Check(key="identity", ok=identity, detail={"waiting": known.waiting}),
    ]


def _registration(known: Evidence) -> Check:
    """备案: whoever has none on the day gives 远程指导意见, unless the agreement does not let them."""
    until, ended = known.registered_until, known.registration_ended
    detail = {
        "until": until.isoformat() if until else None,
        "ended": ended.isoformat() if ended else None,
        "day": known.day.isoformat(),
    }
    return Check(key="registration", ok=until is not None, blocks=known.registration_required, detail=detail)


def better(own: DeviceTest | None, of_room: DeviceCheck | None) -> Tested | None:
    """A person's own test, unless it is missing or failed and a device in the venue has passed its own."""
    return own if of_room is None or (own is not None and (_passed(own) or not _passed(of_room))) else of_room


def _passed(test: Tested) -> bool:
    return test.camera and test.microphone and test.network


def _device(key: str, last: Tested | None) -> Check:
    if last is None:
        return Check(key=key, ok=False)
    detail = {"camera": last.camera, "microphone": last.microphone, "network": last.network}
    return Check(key=key, ok=all(detail.values()), at=last.at, detail=detail)


def _accompanying_here(known: Evidence) -> Check:
    found = [each for each in known.participants if each.role == ParticipantRole.accompanying]
    here = [each for each in found if each.present or each.waiting]
    at = here[0].joined_at if here else None
    return Check(key="accompanying_here", ok=bool(here), blocks=False, at=at)
