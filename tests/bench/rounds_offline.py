"""A cart that is ten minutes without the network, with fifty acts and one reload: none is lost, none comes twice.

The ten minutes are real. `BENCH_OFFLINE_MINUTES=0.5` makes them short, to try it.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from uuid import UUID

from playwright.sync_api import Page, Route, expect

from tests.bench.rounds_live import Round, begun
from tests.bench.workshop import Measured, Workshop
from tests.e2e.at_the_bed import FIRST, SECOND, done, instructed
from tests.e2e.emergency import ask

MINUTES = float(os.environ.get("BENCH_OFFLINE_MINUTES", "10"))
ACTS = 50
NOTES = (14, 15, 17)  # at each of three beds; with two read-backs and two beds gone to they are fifty
WITHIN_S = 120  # after which what has not arrived is lost
ARRIVE = "**/api/rounds/sessions/*/acts"


def lost_or_doubled(shop: Workshop) -> Measured:
    with begun(shop) as round:
        beds = round.beds[:3]
        items = [round.at(bed) for bed in beds]
        done(round.lead, round.id, "present", item_id=items[0]["id"])
        number = items[0]["patient"]["number"]
        done(round.ward, round.id, "identify", item_id=items[0]["id"], how="wristband", number=number)
        for text in (FIRST, SECOND):
            instructed(round.lead, round.id, items[0], text)
        page = round.ward.page
        page.goto(f"{round.path}/cart")
        expect(page.get_by_text(SECOND)).to_be_visible()
        before = _acts(round)
        names = [each["patient"]["name"] for each in items]
        _away(round, beds, names)
        expected = Counter({"say": sum(NOTES), "read_back": 2, "present": 2})
        assert expected.total() == ACTS
        for _ in range(WITHIN_S):
            new = _acts(round) - before
            if new.total() >= ACTS:
                break
            page.wait_for_timeout(1000)
        wrong = sum(abs(new[each] - expected[each]) for each in new | expected)
        said = Counter(
            line["text"] for item in items for line in ask(round.ward, "GET", f"/rounds/items/{item['id']}")["lines"]
        )
        wrong += sum(abs(said[text] - 1) for text in _texts())
    return Measured(wrong, 1, f"{ACTS} acts in {MINUTES:g} min, one reload")


def _texts() -> Iterator[str]:
    return (f"第 {bed + 1} 床第 {n + 1} 条" for bed, count in enumerate(NOTES) for n in range(count))


def _acts(round: Round) -> Counter[str]:
    """What stands in the tables as done, by kind."""
    with closing(sqlite3.connect(round.product.data_dir / "telemed.db")) as db:
        query = "select kind from roundact where session_id = ? and outcome = 'done'"
        return Counter(str(kind) for (kind,) in db.execute(query, (UUID(round.id).hex,)))


def _away(round: Round, beds: list[str], names: list[str]) -> None:
    page, texts, pause = round.ward.page, _texts(), MINUTES * 60_000 / ACTS
    round.ward.context.set_offline(True)
    for _ in range(2):
        page.get_by_role("button", name="复述：", exact=False).first.click()
        page.get_by_role("button", name="确认复述").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.wait_for_timeout(pause)
    for n, count in enumerate(NOTES):
        if n > 0:
            page.get_by_role("button", name=f"下一床 {beds[n]} 床").click()
            page.wait_for_timeout(pause)
        expect(page.get_by_role("region", name="患者身份")).to_contain_text(names[n])
        for each in range(count):
            _note(page, next(texts))
            page.wait_for_timeout(pause)
            if n == 1 and each == count // 2:
                _reload(round, names[n])
    page.unroute(ARRIVE)
    page.get_by_role("button", name="立即重发").click()
    expect(page.get_by_text("还没有送达", exact=False)).to_have_count(0)


def _note(page: Page, text: str) -> None:
    page.get_by_label("写一条记录或提问").fill(text)
    page.get_by_role("button", name="记录", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text=text)).to_be_visible()


def _reload(round: Round, name: str) -> None:
    """Pages come again and acts still do not go: a page is loaded by the network alone."""

    def gone(route: Route) -> None:
        route.abort()

    round.ward.page.route(ARRIVE, gone)
    round.ward.context.set_offline(False)
    round.ward.page.reload()
    expect(round.ward.page.get_by_role("region", name="患者身份")).to_contain_text(name)
    expect(round.ward.page.get_by_text("还没有送达", exact=False)).to_be_visible()


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"offline_acts_lost_or_doubled": lost_or_doubled}
