"""Whatever somebody sends without signing in, the product never fails (500), and answers are small."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from telemed.kit.http import MOST_ERRORS, OPEN_LIMIT
from tests.telemed.conftest import Call, FakeClock, World, app_of

Client = TestClient[web.Request, web.Application]
Raw = Callable[[bytes], Awaitable[bytes]]
CONTACT = "mailto:security@hospital.example"
SIGN_IN = b'{"username": "nobody", "password": "wrong"}'


@pytest.fixture
async def site(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Client:
    """With pages, as it is served."""
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "index.html").write_text("the page")
    return await aiohttp_client(app_of(world, tmp_path, clock, web_dir=dist, security_contact=CONTACT))


@pytest.fixture
def raw(site: Client) -> Raw:
    """Bytes that no client would send, and the status that comes back."""

    async def send(data: bytes) -> bytes:
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
            writer.write(data)
            status = (await reader.readline()).split()[1]
            writer.close()
            await writer.wait_closed()
            return status

    return send


@pytest.mark.parametrize("host", ["[", "[::1", "a@b[", "℀.example", "a℀b", "127.0.0.1:abc", "x:99999999", ""])
async def test_whatever_stands_as_host_is_no_error_of_ours(raw: Raw, host: str) -> None:
    assert await raw(f"GET /api/session HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()) == b"200"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/%00", b"404"), ("/a%2f..%2f%00", b"404"), ("/" + "a" * 256, b"404"), ("/" + "a/" * 3000, b"404")],
    ids=["nul", "nul in a folder", "a long name", "a long path"],
)
async def test_a_path_that_no_file_can_have_is_not_found(raw: Raw, path: str, status: bytes) -> None:
    assert await raw(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()) == status


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_does_not_decompress_is_our_callers_fault(raw: Raw, encoding: str) -> None:
    head = "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: {}\r\n"
    head = head.format(encoding) + "Content-Length: {}\r\n\r\n"
    assert await raw(head.format(5).encode() + b"hello") == b"400"
    if encoding == "gzip":
        packed = gzip.compress(SIGN_IN)
        assert await raw(head.format(len(packed)).encode() + packed) == b"401"


async def test_before_sign_in_a_body_is_short_and_after_it_an_answer_is(call: Call) -> None:
    unknown = {f"key{n}": 1 for n in range(60_000)}  # 0.7 MB
    status, _ = await call(None, "POST", "/session", json=unknown)
    assert status == 413
    status, problem = await call("doctor", "POST", "/patients", json=unknown)
    assert (status, len(problem["errors"])) == (422, MOST_ERRORS)
    few = {"k" * 4000: 1, "username": "a", "password": "b"}
    status, problem = await call(None, "POST", "/session", json=few)
    assert (status, len(str(problem)) < 1000) == (422, True)
    assert OPEN_LIMIT < 20_000


async def test_nothing_names_the_program_that_answers(site: Client) -> None:
    for path in ("/", "/api/session", "/api/nothing", "/nothing/%00", "/healthz/live", "/.well-known/security.txt"):
        async with site.get(path) as answer:
            assert "Server" not in answer.headers, path


async def test_who_finds_a_hole_finds_whom_to_tell(site: Client, clock: FakeClock) -> None:
    async with site.get("/.well-known/security.txt") as answer:
        assert (answer.status, answer.content_type) == (200, "text/plain")
        told = dict(line.split(": ", 1) for line in (await answer.text()).splitlines())
    assert told["Contact"] == CONTACT
    assert f"{clock():%Y}" <= told["Expires"][:4]


async def test_without_a_contact_there_is_no_such_file(call: Call, world: World) -> None:
    status, _ = await call(None, "GET", "/../.well-known/security.txt")
    assert status == 404


@pytest.mark.parametrize("tag", ['"1.0"', '"+1"', '" 1"', '"1_0"', '"１"'])
async def test_what_only_looks_like_the_version_is_not_it(call: Call, tag: str) -> None:
    new = {"name": "吴松年", "sex": "male"}
    _, made = await call("doctor", "POST", "/patients", json=new)
    status, problem = await call("doctor", "PUT", f"/patients/{made['id']}", json=new, headers={"If-Match": tag})
    assert (status, problem["code"]) == (422, "invalid")


async def test_a_device_test_keeps_what_it_saw_and_nothing_else(call: Call) -> None:
    test = {"camera": True, "microphone": True, "network": True}
    for details in (
        {"camera": {"state": "ok", "label": "x" * 900_000}},
        {"other": 1},
        {"camera": {"state": "ok", "x": 1}},
    ):
        assert (await call("doctor", "POST", "/device-tests", json=test | {"details": details}))[0] == 422
    seen = {"camera": {"state": "ok", "value": 12, "label": "HD 摄像头"}, "media": {"state": "missing"}}
    assert (await call("doctor", "POST", "/device-tests", json=test | {"details": seen}))[0] == 201


@pytest.mark.parametrize("q", ["%", "_", "%%", " % ", "*", ".", "' OR 1=1"])
async def test_a_sign_that_names_nobody_finds_nobody(call: Call, q: str) -> None:
    assert (await call("doctor", "POST", "/patients", json={"name": "吴松年", "sex": "male"}))[0] == 201
    status, found = await call("doctor", "GET", "/patients", params={"q": q})
    assert (status, found["items"]) == (200, [])


async def test_a_key_that_was_used_for_another_body_is_refused(call: Call, world: World) -> None:
    key = {"Idempotency-Key": "once"}
    first = await call("doctor", "POST", "/patients", json={"name": "吴松年", "sex": "male"}, headers=key)
    status, problem = await call("doctor", "POST", "/patients", json={"name": "陈一", "sex": "male"}, headers=key)
    assert (first[0], status, problem["reason"]) == (201, 409, "key_reused")
    assert await call("doctor", "POST", "/patients", json={"name": "吴松年", "sex": "male"}, headers=key) == first
