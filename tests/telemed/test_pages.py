"""How long browsers may keep the built pages."""

from pathlib import Path

import pytest
from aiohttp import web
from pytest_aiohttp import AiohttpClient

from telemed.pages import add_pages


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "no-cache"),
        ("/index.html", "no-cache"),
        ("/reading/templates", "no-cache"),
        ("/assets/a.js", "public, max-age=31536000, immutable"),
        ("/browser.js", "public, max-age=3600, stale-while-revalidate=604800"),
    ],
)
async def test_only_the_page_itself_is_asked_for_each_time(
    aiohttp_client: AiohttpClient, tmp_path: Path, path: str, kept: str
) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "browser.js", "assets/a.js"):
        (tmp_path / name).write_text("")
    root = web.Application()
    add_pages(root, tmp_path)
    client = await aiohttp_client(root)
    answer = await client.get(path)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, kept)


async def test_an_asset_of_another_build_is_not_there(aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
    root = web.Application()
    add_pages(root, tmp_path)
    client = await aiohttp_client(root)
    assert (await client.get("/assets/old.js")).status == 404
