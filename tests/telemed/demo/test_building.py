"""A demonstration whose pages are built beside it: ready when they are whole, or refused with the reason."""

import asyncio
import os
from pathlib import Path

import aiohttp
import pytest

from telemed.config import Settings
from telemed.db import Database
from telemed.demo import building
from telemed.demo.progress import Progress
from telemed.demo.run import Lan, demonstration
from telemed.errors import StartRefused
from tests.full import full_at

FAILED = "the pages were not built: vite failed\n  line 2"


class Builder:
    """What builds the pages of the next start: says `word` when the demonstration begins to wait for them."""

    def __init__(self, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.index, self.word, self.seen = pages / "index.html", building.WHOLE, list[str]()
        self._hears = building.built
        monkeypatch.setenv("TELEMED_DEMO_WEB_DIR", str(pages))
        monkeypatch.setattr("telemed.demo.run._fill", self._fill)
        monkeypatch.setattr("telemed.demo.building.built", self._built)
        news, self._told = os.pipe()
        monkeypatch.setenv(building.NEWS, str(news))

    async def _fill(self, db: Database, settings: Settings, network: Lan | None, fresh: Progress) -> None:
        self.seen.append(f"filled, {await page(settings)}")

    async def _built(self, news: int) -> None:
        self.seen.append("waits")
        if self.word == building.WHOLE:
            self.index.parent.mkdir()
            self.index.write_text("the pages")
        os.write(self._told, self.word.encode())
        os.close(self._told)
        await self._hears(news)


async def page(settings: Settings) -> int:
    async with aiohttp.ClientSession() as client, client.get(settings.origin) as answer:
        return answer.status


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    return Builder(tmp_path / "pages", monkeypatch)


async def test_it_is_filled_before_the_pages_are_there_and_ready_only_then(
    tmp_path: Path, builder: Builder, capsys: pytest.CaptureFixture[str]
) -> None:
    async with demonstration(tmp_path / "data", 0, 0, 0, None) as settings:
        assert builder.seen == ["filled, 404", "waits"]
        assert await page(settings) == 200
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == f"ready {settings.origin}"
    assert "not built" not in said


async def test_pages_that_fail_refuse_the_start_by_their_last_words(
    tmp_path: Path, builder: Builder, capsys: pytest.CaptureFixture[str]
) -> None:
    builder.word = FAILED
    with pytest.raises(StartRefused, match="网页构建失败") as refused:
        async with demonstration(tmp_path / "data", 0, 0, 0, None):
            pass
    assert str(refused.value).endswith(FAILED)
    assert "ready" not in capsys.readouterr().out


async def test_whoever_built_the_pages_and_was_killed_refuses_it_too() -> None:
    news, told = os.pipe()
    os.close(told)
    with pytest.raises(StartRefused, match=r"What built them was ended\."):
        await building.built(news)


async def test_a_start_that_waits_for_pages_can_be_ended() -> None:
    news, told = os.pipe()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(building.built(news), 0)
    os.close(told)


def test_no_program_that_it_starts_is_given_the_builder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert building.news() is None
    news, told = os.pipe()
    os.set_inheritable(news, True)
    monkeypatch.setenv(building.NEWS, str(news))
    assert building.news() == news
    assert building.news() is None
    assert not os.get_inheritable(news)
    os.close(news)
    os.close(told)


async def test_a_disk_that_is_full_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        pytest.raises(StartRefused, match="磁盘已满") as refused,
        full_at(Path(__file__), more=1 << 20),
    ):
        async with demonstration(tmp_path, 0, 0, 0, None):
            pass
    assert f"Make room on the disk of {tmp_path}" in str(refused.value)
    assert "ready" not in capsys.readouterr().out
