"""Three people join, leave, lose connections, present and chat in any order; invariants hold after every step."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from signaling import session as session_module
from signaling.room import Room
from signaling.session import GRACE
from tests.signaling.kit import FakeLink, Frame, hello, new_rooms, resume, say, ticket, unique

STUDIES = {"anna": ["h/1", "h/2"], "bert": ["h/1"], "cleo": []}
BOOKED = {"anna": True, "bert": True, "cleo": False}
LOBBY = {"welcome", "waiting", "ack", "error", "admitted", "removed"}
names = st.sampled_from(sorted(STUDIES))


class Page:
    """What a well-behaved page knows; it reads lazily, so a cut can lose what it had not read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.link: FakeLink | None = None
        self.welcome: Frame | None = None
        self.asked: dict[str, bytes] = {}
        self.chats: dict[tuple[int, int], str] = {}
        self.seq, self.inside = 0, False
        self.presenter: str | None = None
        self.publishers: list[str] = []

    def read(self) -> None:
        for frame in self.link.take() if self.link else ():
            self._hear(frame["t"], frame["d"], frame)

    def end(self) -> None:
        self.link, self.welcome, self.inside = None, None, False

    def _hear(self, t: str, d: Any, frame: Frame) -> None:
        assert self.inside or t in LOBBY | {"joined"}, f"{self.name} is not admitted and hears {t}"
        if (seq := frame.get("seq")) is not None:
            assert seq == self.seq + 1 or (t in ("joined", "waiting") and seq > self.seq), "a gap without a snapshot"
            self.seq = seq
        match t:
            case "welcome":
                self.welcome = d
            case "waiting":
                self.inside = False
            case "joined":
                self.inside, self.presenter, self.publishers = True, d["presenter"], d["mode"]["publishers"]
                assert all(each["scope"] in STUDIES[self.name] for each in d["viewports"]), "a study that is not theirs"
                for said in d["history"]:
                    assert said["scope"] is None or said["scope"] in STUDIES[self.name], "a study that is not theirs"
                    self.chats.setdefault(tuple(said["ev"]), said["payload"])
            case "presenter":
                self.presenter = d["id"]
            case "mode":
                self.publishers = d["publishers"]
            case "data":
                assert d["from"] != f"{self.name}/page" or d["topic"] == "chat"
                assert d["scope"] is None or d["scope"] in STUDIES[self.name], "a study that is not theirs"
                if d["topic"] == "chat":
                    assert tuple(d["ev"]) not in self.chats, "a durable event came twice"
                    self.chats[tuple(d["ev"])] = d["payload"]
            case "ack" | "error":
                self.asked.pop(frame.get("re", ""), None)


class Interleavings(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.rooms = new_rooms(self.now)
        self.pages = {name: Page(name) for name in STUDIES}

    def teardown(self) -> None:
        self.rooms.log.close()

    @property
    def room(self) -> Room | None:
        return self.rooms.rooms.get("r1")

    def tell(self, page: Page, raw: bytes) -> None:
        if page.link is not None and page.welcome is not None:
            self.rooms.receive(self.rooms.sessions[page.welcome["session"]], page.link, raw, self.now)
        for each in self.pages.values():
            if each.link is not None and each.link.closed is not None:
                each.read()
                each.end()

    def ask(self, page: Page, t: str, **d: Any) -> None:
        id = unique()
        page.asked[id] = say(t, id, **d)
        self.tell(page, page.asked[id])

    @initialize(full=st.booleans())
    def begin(self, full: bool) -> None:
        for name in STUDIES if full else ():
            self.join(name)
            self.moderate(name, "mod.admit")

    @rule(name=names)
    def join(self, name: str) -> None:
        """A new tab: the newest wins over a page that is still there."""
        page, link = self.pages[name], FakeLink()
        if page.link is not None:
            page.read()
        old, page.link = page.link, link
        page.seq, page.inside, page.asked = 0, False, {}
        raw = ticket(name, self.now, studies=STUDIES[name], booked=BOOKED[name])
        assert self.rooms.hello(link, hello(raw), self.now)
        assert old is None or old.closed == 4409
        page.read()
        self.ask(page, "join")
        page.read()

    @rule(name=names)
    def leave(self, name: str) -> None:
        page = self.pages[name]
        if page.link is not None:
            page.read()
            self.tell(page, say("leave"))
            assert page.link is None

    @rule(name=names, unread=st.booleans())
    def cut(self, name: str, unread: bool) -> None:
        page = self.pages[name]
        if page.link is not None and page.welcome is not None:
            if not unread:
                page.read()
            self.rooms.cut(self.rooms.sessions[page.welcome["session"]], page.link, self.now)
            page.link = None

    @rule(name=names, half_open=st.booleans())
    def resume(self, name: str, half_open: bool) -> None:
        page = self.pages[name]
        if page.welcome is None or (page.link is not None and not half_open):
            return
        page.link = FakeLink()
        back = self.rooms.hello(page.link, resume(page.welcome, page.seq), self.now)
        if back is None:
            assert page.link.closed == 4401
            assert page.welcome["session"] not in self.rooms.sessions, "a living session was refused to its owner"
            return page.end()
        page.read()
        for raw in list(page.asked.values()):  # the answer may have been lost; the id makes asking again safe
            self.tell(page, raw)
        page.read()

    @rule(whom=names, t=st.sampled_from(["mod.admit", "mod.hold", "mod.deny", "mod.remove"]))
    def moderate(self, whom: str, t: str) -> None:
        self.ask(self.pages["anna"], t, target=f"{whom}/page")

    @rule(name=names, scope=st.sampled_from(["h/1", "h/2"]), take=st.booleans())
    def present(self, name: str, scope: str, take: bool) -> None:
        if take:
            self.ask(self.pages[name], "present.take", scope=scope)
        else:
            self.ask(self.pages[name], "present.release")

    @rule(
        name=names,
        topic=st.sampled_from(["chat", "viewport"]),
        scope=st.sampled_from([None, "h/1", "h/2"]),
        times=st.integers(1, 5),
    )
    def data(self, name: str, topic: str, scope: str | None, times: int) -> None:
        for _ in range(times):
            self.ask(self.pages[name], "data", topic=topic, scope=scope, payload=unique(), reliable=topic == "chat")

    @rule(name=names, t=st.sampled_from(["track.publish", "track.unpublish"]))
    def publish(self, name: str, t: str) -> None:
        self.ask(self.pages[name], t, source="mic")

    @precondition(lambda self: self.room is not None)
    @rule(seconds=st.sampled_from([1.0, 4.0, GRACE + 1]))
    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.rooms.tick(self.now)

    @rule(name=names)
    def read(self, name: str) -> None:
        self.pages[name].read()

    @invariant()
    def nobody_is_a_ghost(self) -> None:
        members = set(self.room.members) if self.room else set()
        assert members == set(self.rooms.people) == {each.who for each in self.rooms.sessions.values()}
        assert all(each.until is None or each.until > self.now for each in self.rooms.sessions.values())

    @invariant()
    def only_the_admitted_hold_media_seats_and_the_lead_first(self) -> None:
        if self.room is None:
            return
        seats = [self.room.members[id] for id in self.room.publishers]
        assert [m.id for m in seats if m.waiting or not (m.booked or m.lead)] == []
        anna = self.room.members.get("anna/page")
        assert anna is None or self.room.publishers[0] == anna.id
        assert all(not m.tracks for m in self.room.members.values() if m not in seats)

    @invariant()
    def everybody_sees_the_same_presenter_seats_and_chat(self) -> None:
        presenter = self.room.stage.presenter if self.room else None
        assert presenter is None or (self.room and not self.room.members[presenter].waiting)
        kept = [event.data for _, event in self.rooms.log.pending() if event.type == "chat"]
        assert len({each["id"] for each in kept}) == len(kept), "asking again made a second event"
        for page in self.pages.values():
            if page.link is None:
                continue
            if page.inside and not page.link.frames and self.room:
                assert page.presenter == presenter
                assert page.publishers == list(self.room.publishers)
                mine = [e for e in kept if e["scope"] is None or e["scope"] in STUDIES[page.name]]
                assert sorted(page.chats) == [tuple(e["ev"]) for e in mine], "an event is missing"


@pytest.mark.parametrize("ring", [256, 3])
def test_any_interleaving_keeps_the_promises(ring: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "RING", ring)  # 3: most resumes need the snapshot
    limits = settings(max_examples=150, stateful_step_count=30, deadline=None, database=None, print_blob=False)
    run_state_machine_as_test(Interleavings, settings=limits)
