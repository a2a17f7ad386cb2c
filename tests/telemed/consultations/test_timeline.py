"""The state line, computed from the log: how long each step took, and what going back forgets."""

from datetime import datetime, timedelta
from typing import Final

import pytest

from telemed.consultations.model import Consultation
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.shown import StepOut
from telemed.consultations.timeline import steps
from telemed.consultations.words import State, Urgency
from telemed.history.model import EventRow
from telemed.kit.table import new_id
from tests.telemed.conftest import NOW

BEGUN: Final = ("submitted", "approved", "accepted", "scheduling", "scheduled", "ready", "in_progress")


def _minute(minute: float) -> datetime:
    return NOW + timedelta(minutes=minute)


def _moved(*states: str, first: float = 0, by: str = "") -> list[EventRow]:
    """One state a minute."""
    return [
        EventRow(
            type="", hospital_id="", occurred_at=_minute(first + n), actor_name=by, data={"source": "", "target": state}
        )
        for n, state in enumerate(states)
    ]


def _line(
    events: list[EventRow], at: float, started_at: datetime | None = None, ended_at: datetime | None = None
) -> dict[str, StepOut]:
    state = State(events[-1].data["target"])
    since = events[-1].occurred_at
    row = Consultation(id=new_id(), state=state, state_since=since, created_at=NOW)
    row.started_at, row.ended_at = started_at, ended_at
    return {each.key: each for each in steps(row, GuardInput(), events, _minute(at))}


def test_the_meeting_takes_as_long_as_it_lasted_and_the_opinion_from_its_end() -> None:
    events = [*_moved(*BEGUN), *_moved("answering", first=8), *_moved("signed", first=11, by="lead")]
    line = _line(events, at=20, started_at=_minute(6), ended_at=_minute(8))
    meeting, opinion = line["in_progress"], line["signed"]
    assert (meeting.reached_at, meeting.seconds) == (_minute(6), 120)
    assert (opinion.by_name, opinion.holder, opinion.seconds) == ("lead", "requester", 180)


def test_an_interrupted_meeting_has_begun_and_stays_begun_when_it_is_finished_in_writing() -> None:
    events = [*_moved(*BEGUN), *_moved("interrupted", first=8)]
    stopped = _line(events, at=9, started_at=_minute(6))["in_progress"]
    assert (stopped.current, stopped.reached_at, stopped.seconds) == (True, _minute(6), 180)
    resumed = [*events, *_moved("in_progress", first=10)]
    assert _line(resumed, at=11, started_at=_minute(6))["in_progress"].reached_at == _minute(6)
    written = [*events, *_moved("answering", first=10)]
    ended = _line(written, at=12, started_at=_minute(6), ended_at=_minute(10))["in_progress"]
    assert (ended.current, ended.reached_at, ended.seconds) == (False, _minute(6), 240)


def test_a_meeting_booked_anew_has_not_begun() -> None:
    events = [*_moved(*BEGUN), *_moved("interrupted", "scheduling", first=8)]
    line = _line(events, at=12, started_at=_minute(6))
    assert [line["scheduled"].current, line["in_progress"].reached_at] == [True, None]


@pytest.mark.parametrize(
    ("urgency", "state", "led", "waits_for"),
    [
        ("routine", "approved", False, "coordinator"),
        ("stat", "approved", False, "experts"),
        ("stat", "accepted", False, "coordinator"),
        ("stat", "accepted", True, "participants"),
        ("routine", "accepted", True, "coordinator"),
    ],
)
def test_an_emergency_waits_for_who_is_called_and_not_for_a_booking(
    urgency: str, state: str, led: bool, waits_for: str
) -> None:
    row = Consultation(id=new_id(), state=State(state), state_since=NOW, created_at=NOW, urgency=Urgency(urgency))
    row.lead_id = new_id() if led else None
    assert [each.holder for each in steps(row, GuardInput(), [], NOW) if each.current] == [waits_for]
