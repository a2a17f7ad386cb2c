"""What a lead may do: admit, ask to wait, refuse, remove or mute somebody, hand a role over, lock or end the room."""

from signaling import protocol as p
from signaling.effects import Broadcast, Effects, Member, Send, Standing
from signaling.errors import Close, Code, Refused
from signaling.room import Room
from signaling.seats import ACCOMPANYING, CART
from signaling.tracks import track


def moderate(room: Room, me: Member, message: p.Moderation) -> Effects:
    if not me.lead and not _hands_on_own_duty(me, message):
        raise Refused(Code.forbidden, "Only who may admit may do this.")
    match message:
        case p.Admit(target=target):
            yield from room.let_in(room.find(target, waiting=True), by=me.id)
        case p.Hold(target=target, words=words):
            yield from _hold(room, _somebody(room, target), words)
        case p.Deny(target=target, words=words):
            yield from send_away(room, room.find(target, waiting=True), words, by=me.id)
        case p.Remove(target=target, words=words):
            yield from send_away(room, room.find(target, waiting=False), words, by=me.id)
        case p.Quiet(target=target, source=source):
            member = room.find(target, waiting=False)
            if source not in member.tracks:
                raise Refused(Code.not_found, "This is not published.")
            member.tracks[source], member.speaking = True, member.speaking and source != "mic"
            yield Send(member.id, "mute", {"source": source, "by": me.id})
            yield track("change", member, source)
        case p.HandOver(target=target, role=role):
            yield from _hand_over(room, me, room.find(target, waiting=False), role)
        case p.Lock(on=on):
            room.locked = on
            yield Broadcast("room", {"locked": on})
        case p.End(reason=reason):
            yield from room.end(me.id, reason)


def send_away(
    room: Room, member: Member, words: str, *, by: str, reason: str = "", may_return: bool = False
) -> Effects:
    """Removes somebody. If they come again, they wait until a lead admits them, even if booked, unless they
    `may_return`.

    `words` are for them to read; `reason` is for the log, where nothing was said to them.
    """
    if not may_return:
        room.sent_away.add(member.sub)
        room.handed.pop(member.sub, None)
        room.passes.discard(member.id)
    yield Send(member.id, "removed", {"words": words, "by": by})
    yield from room.leave(member.id, words or reason, Close.forbidden)


def _hold(room: Room, member: Member, words: str) -> Effects:
    inside = not member.waiting
    if inside and member.lead:
        raise Refused(Code.forbidden, "A lead is not asked to wait.")
    room.kept_waiting[member.sub] = words
    if inside:
        yield from room.forget(member)
        yield from room.wait(member)
    else:
        member.kept_waiting, member.words = True, words
        yield from (Send(m.id, "peer", member.peer("change")) for m in room.members.values() if m.lead)


def _hand_over(room: Room, me: Member, member: Member, role: p.HandedRole) -> Effects:
    """Hands a role to a person, on all of their devices, until the room ends or they are removed."""
    if member.device == CART:
        raise Refused(Code.forbidden, "A role goes to a person, not to a device.")
    if role == ACCOMPANYING and not member.booked:
        raise Refused(Code.forbidden, "The accompanying physician is on the booking.")
    yield room.log("role.handed", member.who() | {"handed": role, "by": me.id})
    room.handed[member.sub] = room.handed.get(member.sub, frozenset()) | {role}
    for device in [m for m in room.members.values() if m.sub == member.sub]:
        room.apply_handed_role(device)
        yield from _changed(room, device)


def _hands_on_own_duty(me: Member, message: p.Moderation) -> bool:
    return isinstance(message, p.HandOver) and message.role == ACCOMPANYING == me.role and me.booked


def _somebody(room: Room, id: str) -> Member:
    if (member := room.members.get(id)) is None:
        raise Refused(Code.not_found, "Nobody here is called that.")
    return member


# -- ordered by the product, not by a person in the room


def set_standing(room: Room, members: list[Member], new: Standing) -> Effects:
    """Changes what one person may do and see and as whom they are here, on each connected device (`members`)."""
    for member in members:
        member.rights, member.studies, member.role, member.booked = new.rights, new.studies, new.role, new.booked
        room.apply_handed_role(member)  # keeps a role handed over in the room, which the product does not know of
        yield from _changed(room, member)
        if not member.waiting and not new.studies:
            yield from room.stage.forget(member.id)
    yield from room.settle()


def _changed(room: Room, member: Member) -> Effects:
    """Tells them and the others what they may do now; somebody who need not be admitted any more is let in."""
    yield Send(member.id, "grants", {"grants": sorted(member.rights), "studies": sorted(member.studies)})
    if not member.waiting:
        yield Broadcast("peer", member.peer("change"))
    elif room.enters_freely(member):
        yield from room.let_in(member, by="room")


def remove(room: Room, members: list[Member], reason: str, *, may_return: bool = False) -> Effects:
    for member in members:
        by = "called_away" if may_return else "product"
        yield from send_away(room, member, "", by=by, reason=reason, may_return=may_return)


def end(room: Room, members: list[Member], reason: str) -> Effects:
    if len(members) == len(room.members):
        yield from room.end("product", reason)
    else:
        for member in members:
            yield from room.leave(member.id, reason, Close.room_ended)
