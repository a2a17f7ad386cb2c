"""Associations over DIMSE: whoever holds many makes room for others, whatever AE titles are claimed."""

import asyncio
import socket
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynetdicom.fsm import StateMachine
from pynetdicom.pdu import A_ASSOCIATE_RQ
from pynetdicom.pdu_primitives import A_ASSOCIATE, ImplementationClassUIDNotification, MaximumLengthNotification
from pynetdicom.presentation import build_context
from pynetdicom.sop_class import Verification  # type: ignore[attr-defined]

from imaging import associations
from imaging.associations import ASSOCIATIONS, OF_ADDRESS, OF_HOSPITAL, RESERVE, Associations
from imaging.dimse import open_dimse
from tests.imaging.conftest import Asker
from tests.imaging.made import made
from tests.imaging.modality import send

ACCEPTED, REJECTED = 2, 3  # the types of PDU, PS3.8 §9.3
CALLERS = {"WUXI_CT": "wuxi", "WUXI_MR": "wuxi", "JIASHAN_CT": "jiashan", "RUIJIN_CT": "ruijin"}


class Peers:
    """Peers that ask for an association and then are idle."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.open = ExitStack()

    def ask(self, calling: str, called: str = "TELEMED", address: str = "127.0.0.1") -> tuple[int, socket.socket]:
        peer = self.open.enter_context(socket.create_connection(("127.0.0.1", self._port), 30, (address, 0)))
        peer.sendall(request(calling, called))
        return (peer.recv(4096) or b"\0")[0], peer


def request(calling: str, called: str) -> bytes:
    asked = A_ASSOCIATE()
    asked.application_context_name = "1.2.840.10008.3.1.1.1"
    asked.calling_ae_title, asked.called_ae_title = calling, called
    length, implementation = MaximumLengthNotification(), ImplementationClassUIDNotification()
    implementation.implementation_class_uid = "1.2.3"
    asked.user_information = [length, implementation]
    context = build_context(Verification)
    context.context_id = 1
    asked.presentation_context_definition_list = [context]
    pdu = A_ASSOCIATE_RQ()
    pdu.from_primitive(asked)
    return pdu.encode()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the threads, which pynetdicom has awake all the time."""
    for name, number in (("ASSOCIATIONS", 5), ("RESERVE", 1), ("OF_HOSPITAL", 3), ("OF_ADDRESS", 4)):
        monkeypatch.setattr(associations, name, number)


async def test_idle_associations_of_one_hospital_keep_no_other_out(wuxi: Asker) -> None:
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=CALLERS.get) as port:
        peers = Peers(port)
        with peers.open:
            for _ in range(ASSOCIATIONS):
                await asyncio.to_thread(peers.ask, "WUXI_CT")
            sent = await asyncio.to_thread(send, port, made(number=1), calling="JIASHAN_CT")
    assert sent == [0, 0]


@pytest.mark.usefixtures("small")
async def test_whoever_claims_a_hospital_from_elsewhere_makes_room_for_it(wuxi: Asker) -> None:
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=CALLERS.get) as port:
        peers = Peers(port)

        async def ask(calling: str, called: str = "TELEMED", address: str = "127.0.0.1") -> tuple[int, socket.socket]:
            return await asyncio.to_thread(peers.ask, calling, called, address)

        with peers.open:
            assert (await ask("WUXI_CT", called="OTHER"))[0] == REJECTED
            claims = [await ask(calling, address="127.0.0.2") for calling in ("WUXI_CT", "WUXI_MR", "WUXI_CT")]
            assert [answer for answer, _ in claims] == [ACCEPTED] * 3
            assert (await ask("WUXI_CT", address="127.0.0.2"))[0] == REJECTED, "its own side holds as many as it may"
            assert (await ask("WUXI_CT"))[0] == ACCEPTED
            assert await asyncio.to_thread(claims[0][1].recv, 1) == b"", "the longest idle was displaced"
            assert await asyncio.to_thread(send, port, made(number=1), calling="JIASHAN_CT") == [0, 0]


@pytest.mark.parametrize("over", ["Sta13", "Sta1"])
async def test_an_abort_that_comes_when_a_connection_is_over_fails_nothing(
    wuxi: Asker, monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    """As when the archive stops in the moment in which it rejects a peer: seen once, as an exception of a thread."""

    def moved(machine: StateMachine, state: str) -> None:
        machine.current_state = state
        if state == over:
            machine.dul.assoc.acse.send_abort(0)

    monkeypatch.setattr(StateMachine, "transition", moved)
    async with open_dimse(wuxi.archive, "127.0.0.1", 0, ae_title="TELEMED", hospital_of=CALLERS.get) as port:
        peers = Peers(port)
        with peers.open:
            assert (await asyncio.to_thread(peers.ask, "SOMEBODY"))[0] == REJECTED
            assert (await asyncio.to_thread(peers.ask, "WUXI_CT", "OTHER"))[0] == REJECTED


class Held:
    """Associations of a test: names in place of threads."""

    def __init__(self) -> None:
        self.alive, self.now = dict[int, tuple[str, str]](), 0.0
        self.all = Associations[int](self.alive.__contains__, lambda: self.now)
        self._last = 0

    def ask(self, hospital: str, address: str) -> tuple[int, list[int] | None]:
        self.now += 1
        self._last += 1
        displaced = self.all.admit(self._last, hospital, address)
        if displaced is not None:
            self.alive[self._last] = hospital, address
            for each in displaced:
                del self.alive[each]
        return self._last, displaced

    def of(self, hospital: str) -> int:
        return sum(its[0] == hospital for its in self.alive.values())


def test_a_hospital_and_an_address_have_their_shares() -> None:
    held = Held()
    asked = [held.ask("wuxi", f"10.0.0.{n}")[1] for n in range(OF_HOSPITAL + 1)]
    assert asked == [[]] * OF_HOSPITAL + [None]
    asked = [held.ask(f"h{n}", "10.0.0.99")[1] for n in range(OF_ADDRESS + 1)]
    assert asked == [[]] * OF_ADDRESS + [None]


def test_who_holds_most_makes_room_by_the_longest_idle() -> None:
    held = Held()
    first, second, third = (held.ask("wuxi", "10.0.0.1")[0] for _ in range(3))
    for number in range(ASSOCIATIONS - RESERVE - 4):
        held.ask(f"h{number}", f"10.0.1.{number}")
    held.ask("jiashan", "10.0.0.2")
    held.all.heard(first)
    with held.all.storing(second):
        assert held.ask("jiashan", "10.0.0.2")[1] == [third]
    assert held.ask("jiashan", "10.0.0.2")[1] is None, "it would hold more than the other"


def test_a_hospital_that_holds_none_gets_one_while_all_others_are_storing() -> None:
    held = Held()
    for number in range(ASSOCIATIONS - RESERVE):
        held.ask(f"h{number % 4}", f"10.0.{number % 4}.{number}")
    with ExitStack() as busy:
        for each in held.alive:
            busy.enter_context(held.all.storing(each))
        assert held.ask("h0", "10.0.9.9")[1] is None
        assert held.ask("jiashan", "10.0.9.9")[1] == []


def test_an_association_that_ended_holds_nothing() -> None:
    held = Held()
    for _ in range(3 * OF_HOSPITAL):
        held.alive.clear()
        assert held.ask("wuxi", "10.0.0.1")[1] == []


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("123456")), max_size=200))
def test_whatever_is_claimed_the_limits_hold_and_a_hospital_that_holds_none_comes_in(
    asked: list[tuple[str, str]],
) -> None:
    held = Held()
    for each in asked:
        held.ask(*each)
        its = held.alive.values()
        assert len(its) <= ASSOCIATIONS
        assert all(held.of(hospital) <= OF_HOSPITAL for hospital in "abcde")
        assert all(sum(address == where for _, where in its) <= OF_ADDRESS for address in "123456")
    assert held.ask("new", "7")[1] is not None
    assert held.ask("new", asked[0][1] if asked else "7")[1] is not None
