"""Going into a consultation's room in a browser, and what can be read there: the other's picture, the controls."""

import re
from collections.abc import Callable
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.until import until

# Where signaling sends it; every peer connection of a page is kept for its counters.
KEEP_CONNECTIONS = """
(() => {
  const kept = (window.__connections = []);
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); kept.push(this); }
  };
})();
"""
# Every camera and microphone that a page opens is kept, to see which are still on.
KEEP_DEVICES = """
(() => {
  const kept = (window.__devices = []);
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await real(wanted);
    kept.push(...stream.getTracks());
    return stream;
  };
})();
"""
DEVICES_ON = "() => window.__devices.filter((each) => each.readyState === 'live').map((each) => each.kind).sort()"
NO_DEVICES = """
navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException('refused', 'NotAllowedError'))
"""
# A call's connection has three lines; the device check's own, which may still be running, have two at most.
IN_CALL = "window.__connections.filter((pc) => pc.signalingState !== 'closed' && pc.getTransceivers().length === 3)"
FRAMES_DECODED = f"""
async () => {{
  let frames = 0;
  for (const pc of {IN_CALL}) {{
    for (const each of (await pc.getStats()).values())
      if (each.type === 'inbound-rtp' && each.kind === 'video') frames += each.framesDecoded;
  }}
  return frames;
}}
"""
MORE_DECODED = f"async (least) => {{ const frames = await ({FRAMES_DECODED})(); return frames > least && frames }}"


class AtPage(Protocol):
    page: Page


def at_home(arrive: Arrive, username: str, **screen: int) -> Person:
    """Signed in on the home page, with peer connections that can be counted."""
    person = arrive(username, **screen)
    person.context.add_init_script(KEEP_CONNECTIONS)
    person.context.add_init_script(KEEP_DEVICES)
    person.page.reload()
    return person


def devices_on(person: Person) -> list[str]:
    """The kinds of the tracks that the page has open, `audio` and `video`."""
    on: list[str] = person.page.evaluate(DEVICES_ON)
    return on


def go_in(person: Person) -> None:
    """One click from home; a person whose devices were never tested is asked once more at the door."""
    page = person.page
    page.get_by_role("button", name="进入会诊").click()
    page.wait_for_url("**/rooms/*")
    past_the_door(page)


def past_the_door(page: Page) -> None:
    """In the room or waiting for it: who tested the devices lately is not stopped at the door."""
    inside = room(page)
    door = page.get_by_role("region", name="进入会诊").get_by_role("button", name=re.compile("^进入"))
    waits = page.get_by_role("button", name="离开等候室")
    expect(inside.or_(door).or_(waits).first).to_be_visible()
    if door.is_visible():
        door.click()


def room(page: Page) -> Locator:
    return page.get_by_role("main", name="线上会诊室")


def enter(person: Person, id: str) -> None:
    """By its address, whatever else is on today."""
    person.page.goto(f"/rooms/{id}")
    past_the_door(person.page)


def both_in(arrive: Arrive, id: str | None = None) -> tuple[Person, Person]:
    """The lead expert and the accompanying physician in the room of their consultation. `id`: one made by `meeting`."""
    lead, doctor = (
        at_home(arrive, each) for each in (("professor", "wuxi.doctor") if id else ("expert2", "jiashan.doctor"))
    )
    for each in (doctor, lead):
        if id:
            enter(each, id)
        else:
            go_in(each)
    for each in (lead, doctor):
        expect(room(each.page)).to_be_visible()
        expect(other_tile(each.page)).to_be_visible()
    return lead, doctor


def other_tile(page: Page) -> Locator:
    """The large picture: of whoever is not oneself."""
    return page.get_by_role("figure").filter(has_not=page.get_by_label("我的画面")).first


def decodes(person: AtPage, more_than: int = 0) -> int:
    """Waits until the other's video has moved on; the number of frames decoded by then."""
    frames: int = until(person.page, MORE_DECODED, more_than).json_value()
    return frames


def press(person: Person, name: str) -> None:
    controls(person).get_by_role("button", name=name, exact=True).click()


def controls(person: Person, name: str = "通话控制") -> Locator:
    return person.page.get_by_role("toolbar", name=name)


def english(person: Person, take: Callable[[], None]) -> None:
    """The same page in English, and back."""
    page, root = person.page, person.page.locator("html")
    page.get_by_role("button", name="中 / EN").click()
    expect(root).to_have_attribute("lang", "en")
    take()
    page.get_by_role("button", name="中 / EN").click()
    expect(root).to_have_attribute("lang", "zh-CN")
