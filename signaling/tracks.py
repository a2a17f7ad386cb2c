"""What the others see of a member's media: tracks, whether they speak, quality of the connection."""

from signaling import protocol as p
from signaling.effects import Broadcast, Effects, Member
from signaling.errors import Code, Refused


def change(me: Member, message: p.Track, has_seat: bool) -> Effects:
    if isinstance(message, p.Stats):
        if me.level != message.level:
            me.level = message.level
            yield Broadcast("quality", {"id": me.id, "level": me.level, "rtt": message.rtt}, reliable=False)
        return
    if not has_seat:
        raise Refused(Code.forbidden, "Without a media seat nothing is published.")
    match message:
        case p.Publish(source=source, muted=muted):
            op = "change" if source in me.tracks else "add"
            me.tracks[source] = muted
            yield track(op, me, source)
        case p.Unpublish(source=source) if source in me.tracks:
            del me.tracks[source]
            me.speaking = me.speaking and source != "mic"
            yield Broadcast("track", {"op": "remove", "id": me.id, "source": source})
        case p.Mute(source=source, on=on) if source in me.tracks:
            me.tracks[source] = on
            me.speaking = me.speaking and not (on and source == "mic")
            yield track("change", me, source)
        case p.Speaking(on=on):
            me.speaking = on and me.tracks.get("mic") is False
        case _:
            raise Refused(Code.not_found, "This is not published.")


def track(op: str, me: Member, source: str) -> Broadcast:
    return Broadcast("track", {"op": op, "id": me.id, "source": source, "muted": me.tracks[source]})
