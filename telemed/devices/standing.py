"""Whether a room or cart can be relied on for its next meeting, told from its devices. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from telemed.people.rules import Span

DAY: Final = timedelta(days=1)
TESTED_WITHIN: Final = timedelta(hours=24)  # an older test says nothing, of a person's computer either
ANSWERS_WITHIN: Final = timedelta(minutes=2)  # a device asks every 20 s, and its test takes some
RETEST_SHOWN: Final = timedelta(hours=1)
SILENT: Final = timedelta(minutes=3)  # a device asks every 20 s, and is noted once a minute


class SiteFault(StrEnum):
    """What is wrong with a device."""

    failed = "failed"  # its last test
    untested = "untested"  # no test of the last 24 hours has passed
    offline = "offline"


class SiteState(StrEnum):
    red = "red"  # somebody has to see to it now, or the meeting begins without it
    watch = "watch"
    ready = "ready"
    idle = "idle"  # switched off or untested, and nobody meets there within a day
    bare = "bare"  # no device is registered there: nothing is known of it


class Retest(StrEnum):
    """What became of a test that somebody has asked for."""

    waits = "waits"
    answered = "answered"
    busy = "busy"  # people meet there, or soon do: it tests itself afterwards
    unreached = "unreached"  # it is silent, or has not answered in time


SHOWN_FIRST: Final = tuple(SiteState)
# How long before a meeting each is red: as long as it takes to mend it.
RED: Final[Mapping[SiteFault, timedelta]] = {
    SiteFault.failed: DAY,
    SiteFault.untested: timedelta(hours=4),
    SiteFault.offline: timedelta(hours=1),
}


@dataclass(frozen=True)
class Known:
    """What is known of a device: when it was last heard of, when it last tested itself, and whether it passed."""

    seen_at: datetime | None
    tested_at: datetime | None
    passed: bool


def is_online(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is not None and now - seen_at <= SILENT


def retest(asked: datetime | None, device: Known, *, meets: bool, now: datetime) -> Retest | None:
    """None where none was asked for in the last hour."""
    if asked is None or now - asked > RETEST_SHOWN:
        return None
    if device.tested_at is not None and device.tested_at >= asked:
        return Retest.answered
    if not is_online(device.seen_at, now):
        return Retest.unreached
    if meets:
        return Retest.busy
    return Retest.waits if now - asked <= ANSWERS_WITHIN else Retest.unreached


def faults(device: Known, now: datetime) -> list[SiteFault]:
    found = []
    if device.tested_at is not None and not device.passed:
        found.append(SiteFault.failed)
    elif device.tested_at is None or now - device.tested_at > TESTED_WITHIN:
        found.append(SiteFault.untested)
    if not is_online(device.seen_at, now):
        found.append(SiteFault.offline)
    return found


def standing(devices: Collection[Iterable[SiteFault]], meeting: Span | None, now: datetime) -> SiteState:
    """From the faults of each of its devices and its next meeting, or the one that is on."""
    if not devices:
        return SiteState.bare
    found = {fault for each in devices for fault in each}
    if any(_is_red(each, meeting, now) for each in found):
        return SiteState.red
    if SiteFault.failed in found:
        return SiteState.watch
    if not found:
        return SiteState.ready
    return SiteState.watch if meeting is not None and meeting.start - now <= DAY else SiteState.idle


def _is_red(fault: SiteFault, meeting: Span | None, now: datetime) -> bool:
    if meeting is None:
        return False
    if meeting.start <= now:  # of a device that is in a meeting its test says nothing any more
        return fault is SiteFault.offline
    return meeting.start - now <= RED[fault]
