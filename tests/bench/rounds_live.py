"""A live round on three screens, each in a browser of its own: acts that the others see, and the next bed.

Three browsers share the cores of one machine here. What lead and cart encode and decode while they talk would be most
of the figure, and is on computers of their own in use: the call is off, and beside it stands the figure with it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.bench.workshop import Measured, Workshop, browsers, milliseconds, p95, sign_in
from tests.e2e.at_the_bed import done, item_at, ready
from tests.e2e.conftest import Person, Product
from tests.e2e.in_room import KEEP_CONNECTIONS, decodes

FOLLOWS, WARD = "wuxi.nurse", "wuxi.doctor"
PICTURED = "07"  # the bed of ward 5 whose patient has images
# Notes when somebody pressed here or a key, when the wanted words stand on this screen, when the charts of the wanted
# bed do, and when an image is painted.
NOTE = """
(() => {
  const now = () => performance.timeOrigin + performance.now()
  const kept = (window.__round = {})
  addEventListener('click', () => { kept.pressed = now() }, true)
  addEventListener('keydown', () => { kept.keyed = now() }, true)
  const bed = () => document.querySelector('[aria-label="患者身份"]')?.textContent.includes(kept.bed)
  const charts = () => document.querySelector('[aria-label="72 小时 生命体征与检验"] svg')
  const look = () => {
    if (kept.wanted && !kept.seen && document.body?.textContent.includes(kept.wanted))
      requestAnimationFrame(() => { kept.seen ||= now() })
    if (kept.bed && !kept.charted && bed() && charts()) requestAnimationFrame(() => { kept.charted ||= now() })
    if (!kept.painted && document.querySelector('.vw[data-state=painted]'))
      requestAnimationFrame(() => { kept.painted ||= now() })
  }
  const all = { subtree: true, childList: true, attributes: true, characterData: true }
  new MutationObserver(look).observe(document, all)
})()
"""
WANTED = """(asked) => Object.assign(window.__round, {
  pressed: 0, keyed: 0, wanted: '', seen: 0, bed: '', charted: 0, painted: 0, ...asked })"""


@dataclass
class Round:
    """A round of ward 5 that its lead has begun; nobody is at a bed yet."""

    product: Product
    lead: Person
    ward: Person
    other: Person
    path: str
    beds: list[str]

    @property
    def id(self) -> str:
        return self.path.rsplit("/", 1)[1]

    def at(self, bed: str) -> Any:
        return item_at(self.lead, self.id, bed)


@contextmanager
def begun(shop: Workshop, script: str = "", led_by: str = "") -> Iterator[Round]:
    """Three browsers: of the hub, of the ward, and of whoever else. `led_by`: the name of who leads it."""
    with shop.product() as product, browsers(3) as (hub, cart, beside):

        def arrive(who: str, **_screen: int) -> Person:
            seat = {WARD: cart, "coordinator": beside}.get(who, hub)
            return sign_in(seat, product, who, script=script)

        series: dict[str, Any] = {"leads": [_lead(arrive("coordinator"), led_by)]} if led_by else {}
        lead, ward, path, beds = ready(arrive, product, **series)
        yield Round(product, lead, ward, sign_in(beside, product, FOLLOWS, script=script), path, beds)


def _lead(coordinator: Person, name: str) -> str:
    choices = coordinator.context.request.get("/api/rounds/series/choices").json()
    return next(str(each["id"]) for each in choices["leads"] if each["name"] == name)


def on_screens(round: Round) -> None:
    """Lead, cart and follower, each on their own page."""
    for person, screen in ((round.lead, "lead"), (round.ward, "cart"), (round.other, "follow")):
        person.page.goto(f"{round.path}/{screen}")
        expect(person.page.get_by_role("main")).to_be_visible()


def talk(round: Round) -> None:
    """Lead and cart see and hear each other."""
    for label in ("打开麦克风", "打开摄像头"):
        round.lead.page.get_by_role("button", name=label).click()
    for each in (round.lead, round.ward):
        decodes(each, decodes(each))


def runsheet(shop: Workshop) -> Measured:
    """An instruction, pressed by the lead, to the later of the other two screens."""
    tries = shop.often(20)
    with begun(shop, KEEP_CONNECTIONS + NOTE) as round:
        on_screens(round)
        item = round.at(round.beds[0])
        done(round.lead, round.id, "present", item_id=item["id"])
        number = item["patient"]["number"]
        done(round.ward, round.id, "identify", item_id=item["id"], how="wristband", number=number)
        took = [_instructed(round, f"观察第 {n + 1} 次") for n in range(tries)]
        talk(round)
        talking = [_instructed(round, f"通话中观察第 {n + 1} 次") for n in range(tries)]
    return Measured(p95(took), tries, f"while lead and cart talk {p95(talking):.0f} ms")


def _instructed(round: Round, text: str) -> float:
    """Milliseconds."""
    pad = round.lead.page.get_by_role("textbox", name="写一条查房指示")
    others = (round.ward.page, round.other.page)
    pad.fill(text)
    for page in (round.lead.page, *others):
        page.evaluate(WANTED, {"wanted": text if page in others else ""})
    give = round.lead.page.get_by_role("button", name=re.compile("下达"))
    expect(give).to_be_enabled()
    give.click()
    for page in others:
        page.wait_for_function("() => window.__round.seen > 0")
    expect(pad).to_have_value("")
    pressed: float = round.lead.page.evaluate("() => window.__round.pressed")
    seen: float = max(page.evaluate("() => window.__round.seen") for page in others)
    return seen - pressed


def next_bed(shop: Workshop) -> Measured:
    """The lead's press to that bed's summary and charts, and the key V to its first image painted, one after the other.

    The page is loaded anew with an empty cache before each, so that it has seen nothing of this bed, nor a viewer. Then
    it is left until it asks for nothing more, as at a bed where somebody speaks; beside it stands the figure without.
    """
    tries = shop.often(20)
    with begun(shop, NOTE) as round:
        on_screens(round)
        for bed in round.beds:
            if bed != PICTURED:
                done(round.lead, round.id, "present", item_id=round.at(bed)["id"])
        at_rest = [_next(round, rests=True) for _ in range(tries)]
        at_once = [_next(round, rests=False) for _ in range(tries)]
    sheets = p95([sheet for sheet, _ in at_rest])
    both = p95([sheet + image for sheet, image in at_once])
    return Measured(
        p95([sheet + image for sheet, image in at_rest]),
        tries,
        f"summary and charts alone {sheets:.0f} ms; pressed as soon as the page is there {both:.0f} ms",
    )


def _next(round: Round, rests: bool) -> tuple[float, float]:
    """Milliseconds to the sheet and to the image of the bed with images; then the round goes back to another."""
    page = round.lead.page
    round.lead.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.reload()
    press = page.get_by_role("button", name=re.compile(f"{PICTURED} 床")).and_(
        page.get_by_role("toolbar", name="查房操作").get_by_role("button")
    )
    expect(press).to_be_enabled()
    if rests:
        _at_rest(page)
    page.evaluate(WANTED, {"bed": round.at(PICTURED)["patient"]["name"]})
    press.click()
    sheet = milliseconds(page, "__round.pressed", "__round.charted")
    expect(page.get_by_role("button", name=re.compile("打开阅片"))).to_be_visible()
    page.keyboard.press("v")
    image = milliseconds(page, "__round.keyed", "__round.painted")
    done(round.lead, round.id, "defer", item_id=round.at(PICTURED)["id"], reason="外出检查")
    other = next(bed for bed in round.beds if bed != PICTURED)
    done(round.lead, round.id, "present", item_id=round.at(other)["id"])
    return sheet, image


def _at_rest(page: Page) -> None:
    """The page has asked for nothing for three seconds; what it asks for regularly is read ten seconds apart."""
    page.evaluate(
        """() => new Promise((rests) => {
          let timer = setTimeout(rests, 3_000)
          new PerformanceObserver(() => { clearTimeout(timer); timer = setTimeout(rests, 3_000) })
            .observe({ type: 'resource' })
        })"""
    )


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"runsheet_p95": runsheet, "next_bed_p95": next_bed}
