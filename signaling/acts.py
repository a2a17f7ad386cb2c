"""Passes each message of a member to the part of the room that handles it."""

from signaling import moderation, tracks
from signaling import protocol as p
from signaling.effects import Effect, Effects, Member
from signaling.errors import Code, Refused
from signaling.room import Room
from signaling.seats import CART
from signaling.stage import check_scope


def act(room: Room, me: str, message: p.ClientMessage, now: float) -> list[Effect]:
    """The effects of one message. Raises Refused before anything has changed."""
    member = room.members[me]
    if member.waiting and not isinstance(message, p.Leave | p.View):
        raise Refused(Code.forbidden, "Wait to be admitted.")
    return room.run(_act(room, member, message, now))


def _act(room: Room, me: Member, message: p.ClientMessage, now: float) -> Effects:
    if me.device == CART and isinstance(message, p.Data | p.Take | p.View):
        raise Refused(Code.forbidden, "A device says and shows nothing of the case.")
    match message:
        case p.Data():
            check_scope(me, message)
            to = None if message.to is None else room.find(message.to, waiting=False)
            chat = message.topic == "chat"
            yield from room.chat(me, message, to, now) if chat else room.stage.data(me, to, message)
        case p.Sdp() | p.Ice() | p.Replace():
            yield from room.relay.pass_on(room.publishers, me, room.find(message.to, waiting=False), message)
        case p.Publish() | p.Unpublish() | p.Mute() | p.Speaking() | p.Stats():
            yield from tracks.change(me, message, has_seat=me.id in room.publishers)
            yield from room.settle()
        case p.Leave(reason=reason):
            yield from room.leave(me.id, reason)
        case p.Take(scope=scope):
            check_scope(me, message)
            yield room.log("presented", me.who() | {"scope": scope})
            yield from room.stage.take(me)
        case p.Release() if room.stage.presenter == me.id:
            yield from room.stage.release()
        case p.View(others=others):
            yield from room.set_view(me, others)
        case p.Admit() | p.Hold() | p.Deny() | p.Remove() | p.Quiet() | p.HandOver() | p.Lock() | p.End():
            yield from moderation.moderate(room, me, message)
            yield from room.settle()
        case _:
            raise Refused(Code.bad_message, "Not here, not now.")
