"""The mail server and the group robot are away for an hour, and the product is killed in between."""

import json
import re
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.beside import Beside, beside
from tests.e2e.conftest import PATIENCE, Product, demonstration
from tests.e2e.program import TELEMED, Program
from tests.e2e.story_side import sitting_at
from tests.fakes.outside import Chat, PostOffice, texts

WITHIN = PATIENCE / 1000  # seconds
NEXT_TRY = 300.0  # what was tried in vain several times waits two minutes for the next try; a busy machine adds to it


@pytest.fixture
def data_dir(seeded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seeded, tmp_path / "data")


@pytest.fixture
def thread() -> Iterator[Beside]:
    with beside() as thread:
        yield thread


@pytest.fixture
def post_office(thread: Beside, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    office = PostOffice()
    monkeypatch.setenv("TELEMED_SMTP_URL", office.url)
    yield office
    thread.do(office.close())


@pytest.fixture
def chat(thread: Beside, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    chat = Chat()
    monkeypatch.setenv("TELEMED_WEBHOOK_ALLOW", json.dumps([chat.origin]))
    yield chat
    thread.do(chat.close())


def test_what_was_to_go_out_in_an_outage_arrives_once_and_of_what_is_over_nobody_hears(
    chromium: Browser, data_dir: Path, thread: Beside, post_office: PostOffice, chat: Chat
) -> None:
    with demonstration(data_dir) as product:  # both servers are away
        admin, coordinator = Program(product, "admin"), Program(product, "coordinator")
        robot = {"kind": "wecom", "name": "The coordinators", "url": chat.url, "role": "coordinator"}
        admin.ask("/api/notices/robots", robot)
        invited_to = first(coordinator, "scheduling")  # for tomorrow
        invited = Program(product, "expert2")
        expert2 = invited.ask("/api/session")["actor"]["id"]
        has_time(invited)  # the meeting is at this hour tomorrow, whatever hour this is
        coordinator.ask(f"/api/consultations/{invited_to}/experts", {"staff_id": expert2})
        doctor = Program(product, "jiashan.doctor")
        called_off = first(doctor, "scheduled")
        cancel(doctor, called_off)
        wait_until_tried(admin)
        product.process.kill()

    with demonstration(data_dir, "--ahead", "1h") as product:
        coordinator, doctor = coordinator.at(product), Program(product, "wuxi.doctor")
        late = first(doctor, "scheduled")  # should have begun long ago
        wait_until_told(doctor, late, "meeting")
        coordinator.ask(f"/api/consultations/{invited_to}/experts/{expert2}", method="DELETE")
        cancel(doctor, late)
        assert {each["why"] for each in queued(product)} <= {"away", ""}  # "": queued just now
        with sitting_at(chromium, product.origin) as side:
            side.sign_in("jiashan.doctor", f"/consultations/{called_off}")
            told = side.page.get_by_role("list", name="提醒情况").get_by_role("listitem").filter(has_text="会诊取消，")
            expect(told.first).to_contain_text("邮件待发")
            thread.do(post_office.open(), chat.open())
            wait_until_nothing_waits(data_dir, post_office)
            side.page.reload()
            expect(told.first).to_contain_text("邮件已发")
            assert side.complaints == []
        became = states(data_dir)
        product.process.kill()

    mailed = Counter(re.sub(r"^<|@.*", "", str(mail["Message-ID"])) for mail in post_office.mails)
    assert set(mailed.values()) == {1}
    assert mailed.keys() == {id for id, channel, state in became if (channel, state) == ("mail", "sent")}
    posted = [body["text"]["content"] for _, body in chat.said]
    assert len(posted) == sum((channel, state) == ("robot", "sent") for _, channel, state in became)
    assert "failed" not in {state for _, _, state in became}

    heard = {(receiver(mail), told_of(texts([mail])), sentence(mail)) for mail in post_office.mails}
    assert heard >= {
        ("expert2", called_off, "与您有关的一例会诊已取消"),
        ("coordinator", called_off, "本中心的一例会诊已取消"),
        ("expert", late, "与您有关的一例会诊已取消"),
        ("coordinator", late, "本中心的一例会诊已取消"),
    }
    assert [said for who, of, said in heard if (who, of) == ("expert2", invited_to)] == ["一例会诊不再需要您参加"]
    assert {said for _, of, said in heard if of == late} == {"与您有关的一例会诊已取消", "本中心的一例会诊已取消"}
    of_posts = Counter(map(told_of, posted))
    assert (of_posts[called_off], of_posts[late]) == (1, 1)
    for name in names(data_dir):
        assert name not in "\n".join([texts(post_office.mails), *posted])


def first(program: Program, state: str) -> str:
    """Of those in this state that this person may see."""
    return str(program.ask(f"/api/consultations?state={state}")["items"][0]["id"])


def has_time(program: Program) -> None:
    """Takes everything out of this person's calendar of the next two days that they may take out."""
    begin = datetime.now(UTC)
    period = urlencode({"from": begin.isoformat(), "to": (begin + timedelta(days=2)).isoformat()})
    for each in program.ask(f"/api/calendar?hospital_id=ruijin&{period}")["entries"]:
        if each["mine"]:
            program.ask(f"/api/calendar/busy/{each['id']}", method="DELETE", version=each["version"])


def cancel(program: Program, id: str) -> None:
    version = program.ask(f"/api/consultations/{id}")["version"]
    program.ask(f"/api/consultations/{id}/cancel", {"code": "transferred", "reason": ""}, version=version)


def wait_until_tried(admin: Program) -> None:
    """By both ways, and in vain."""
    until, found = monotonic() + WITHIN, None
    while monotonic() < until:
        found = admin.ask("/api/notices/outside")
        if found["mail"]["why"] == found["robots"][0]["waiting"]["why"] == "away":
            return
    raise AssertionError(f"not tried: {found}")


def wait_until_told(program: Program, id: str, ladder: str) -> None:
    """Somebody is, whose mail waits."""
    until, found = monotonic() + WITHIN, None
    while monotonic() < until:
        found = program.ask(f"/api/home/told/{id}")["items"]
        if any(who["mail"] == "queued" for each in found if each["ladder"] == ladder for who in each["people"]):
            return
    raise AssertionError(f"not told: {found}")


def wait_until_nothing_waits(data_dir: Path, office: PostOffice) -> None:
    """The first mail comes after a pause, the others soon."""
    office.arrived.get(timeout=NEXT_TRY)
    until, found = monotonic() + NEXT_TRY, list[tuple[str, str, str]]()
    while monotonic() < until:
        found = [each for each in states(data_dir) if each[2] == "queued"]
        if not found:
            return
    raise AssertionError(f"still waiting: {found}")


def queued(product: Product) -> list[dict[str, Any]]:
    said = subprocess.check_output([TELEMED, "notices", "--json", "--data-dir", str(product.data_dir)], text=True)
    return [json.loads(line) for line in said.splitlines()]


def states(data_dir: Path) -> list[tuple[str, str, str]]:
    """Of all that was queued since there are servers: id, channel, state."""
    query = "SELECT id, channel, state FROM delivery WHERE why <> 'not_set_up'"
    return [(str(UUID(id)), channel, state) for id, channel, state in read(data_dir, query)]


def names(data_dir: Path) -> list[str]:
    return [name for (name,) in read(data_dir, "SELECT name FROM patient UNION SELECT name FROM staff")]


def read(data_dir: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(data_dir / "telemed.db")) as database:
        return database.execute(query).fetchall()


def receiver(mail: EmailMessage) -> str:
    return str(mail["To"]).partition("@")[0]


def sentence(mail: EmailMessage) -> str:
    return str(mail["Subject"]).partition("：")[2]


def told_of(text: str) -> str:
    """The consultation to which it leads."""
    found = re.search(r"/consultations/([0-9a-f-]{36})", text)
    return found[1] if found else ""
