"""What is presented: by whom, their last viewport of each study, and who may see which study."""

from msgspec import Raw

from signaling import protocol as p
from signaling.effects import Broadcast, Effects, Member, Send
from signaling.errors import Code, Refused


class Stage:
    """One presenter at a time; the newest request wins. Payloads are passed on unchanged."""

    def __init__(self) -> None:
        self.presenter: str | None = None
        self._viewports: dict[str, Raw] = {}  # by scope: the presenter's last viewport

    def take(self, me: Member) -> Effects:
        if self.presenter != me.id:
            self._viewports.clear()
        self.presenter = me.id
        yield self._changed()

    def release(self) -> Effects:
        self.presenter = None
        self._viewports.clear()
        yield self._changed()

    def forget(self, member: str) -> Effects:
        if self.presenter == member:
            yield from self.release()

    def data(self, me: Member, to: Member | None, message: p.Data) -> Effects:
        if message.topic == "viewport":
            if self.presenter != me.id:
                raise Refused(Code.forbidden, "Present first: the others follow one person.")
            if to is None and message.scope is not None:
                self._viewports.pop(message.scope, None)  # so that the last shown study is last in the dictionary
                self._viewports[message.scope] = message.payload.copy()  # a Raw refers to the whole frame
        d: p.Json = {"from": me.id, "topic": message.topic, "scope": message.scope, "payload": message.payload}
        if to is None:
            yield Broadcast("data", d, message.scope, me.id, message.reliable)
        elif message.scope is None or message.scope in to.studies:
            yield Send(to.id, "data", d, message.reliable)

    def snapshot(self, studies: frozenset[str]) -> p.Json:
        """For somebody who joins: the presenter, and the viewports of the studies they may see, the last shown last."""
        shown = [{"scope": scope, "payload": raw} for scope, raw in self._viewports.items() if scope in studies]
        return {"presenter": self.presenter, "viewports": shown}

    def _changed(self) -> Broadcast:
        """Tells everybody who presents. It names no study, because not everybody may know of it."""
        return Broadcast("presenter", {"id": self.presenter})


def check_scope(me: Member, message: p.Data | p.Take) -> None:
    if isinstance(message, p.Data) and message.topic in p.SCOPED and message.scope is None:
        raise Refused(Code.forbidden, "This topic names its study.")
    if message.scope is not None and message.scope not in me.studies:
        raise Refused(Code.forbidden, "This study is not yours to show.")
