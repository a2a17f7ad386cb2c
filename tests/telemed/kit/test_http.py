"""Typed routes: policy before parse, problems as documents, repeats that create nothing, a valid OpenAPI."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_aiohttp import AiohttpClient

from telemed.app import FEATURES, openapi
from telemed.db import Database
from telemed.errors import Invalid
from telemed.kit.http import Routes
from telemed.kit.paging import cursor, place
from telemed.kit.proxied import proxied
from telemed.kit.table import new_id
from telemed.people.model import Patient
from tests.telemed.conftest import NEW_PATIENT, Call, rows


async def test_a_stranger_is_asked_to_sign_in_before_the_body_is_looked_at(call: Call) -> None:
    status, problem = await call(None, "POST", "/patients", json={"nonsense": 1})
    assert (status, problem["code"], "errors" in problem) == (401, "not_signed_in", False)


async def test_a_field_nobody_asked_for_is_refused_by_name(call: Call) -> None:
    status, problem = await call("doctor", "POST", "/patients", json=NEW_PATIENT | {"hospital_id": "ruijin"})
    assert (status, problem["errors"][0]["loc"]) == (422, ["hospital_id"])


async def test_a_form_of_another_site_is_not_a_json_body(call: Call) -> None:
    status, _ = await call("doctor", "POST", "/patients", data=b"{}", headers={"Content-Type": "text/plain"})
    assert status == 415


async def test_a_monstrous_etag_is_our_callers_fault_not_ours(call: Call) -> None:
    path = f"/patients/{new_id()}"
    for tag in ('"' + "9" * 5000 + '"', "W/1", "*", '"1", "2"'):
        status, _ = await call("doctor", "PUT", path, json=NEW_PATIENT, headers={"If-Match": tag})
        assert status == 422, tag


async def test_every_problem_has_a_number_that_is_also_in_the_log(call: Call) -> None:
    _, problem = await call("doctor", "GET", f"/patients/{new_id()}")
    assert problem["instance"].startswith("urn:uuid:")
    assert problem["type"] == "urn:telemed:problem:not_found"


async def test_a_repeated_creating_post_is_answered_again_and_creates_nothing(call: Call, db: Database) -> None:
    key = {"Idempotency-Key": "once"}
    answers = [await call("doctor", "POST", "/patients", json=NEW_PATIENT, headers=key) for _ in range(2)]
    assert [status for status, _ in answers] == [201, 201]
    assert answers[0][1] == answers[1][1]
    assert len(await rows(db, Patient)) == 1


async def test_a_double_click_creates_one(call: Call, db: Database) -> None:
    key = {"Idempotency-Key": "twice"}
    answers = await asyncio.gather(
        *(call("doctor", "POST", "/patients", json=NEW_PATIENT, headers=key) for _ in range(4))
    )
    assert {status for status, _ in answers} == {201}
    assert len(await rows(db, Patient)) == 1


async def test_an_invalid_body_does_not_wait_for_the_write_lock(call: Call, db: Database) -> None:
    async with asyncio.timeout(3), db.write():
        assert (await call("doctor", "POST", "/patients", json={}))[0] == 422


def test_the_openapi_document_is_valid_and_says_who_may_call_what() -> None:
    document = openapi()
    OpenAPIV31SpecValidator(document).validate()
    operations = [each for path in document["paths"].values() for each in path.values()]
    assert all(each["x-policy"] and each["summary"] for each in operations)
    assert all("500" in each["responses"] for each in operations)
    slow_down = [each["operationId"] for each in operations if "429" in each["responses"]]
    tests, signatures = (
        ["notices_test_mail", "notices_test_robot"],
        ["opinions_sign", "opinions_sign_section", "opinions_stand"],
    )
    own = ["account_change_password", "account_enrol", "account_keep_badge", "account_remove", "account_renew_codes"]
    own += ["administration_put_signature"]
    own += ["break_glass_open_for", "devices_confirm", "devices_enter_by_badge", "devices_look", "devices_new_code"]
    steps = ["session_second_step", "session_sign_in", "standby_begin"]
    assert sorted(slow_down) == [*own, "live_live", *tests, *signatures, "opinions_verify", "rounds_read_back", *steps]
    assert len({each["operationId"] for each in operations}) == len(operations)


def integers(schema: Any, found: dict[str, Any], at: str, above: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every integer that may stand in what the schema describes, and where."""
    for each in schema if isinstance(schema, list) else [schema]:
        name = each.get("$ref", "").rpartition("/")[2]
        if name and name not in above:
            yield from integers(found[name], found, f"{at}/{name}", (*above, name))
        if each.get("type") == "integer":
            yield at, each
        for field, inner in each.get("properties", {}).items():
            yield from integers(inner, found, f"{at}.{field}", above)
        for key in ("items", "anyOf", "oneOf", "allOf", "prefixItems", "additionalProperties"):
            if isinstance(inner := each.get(key), dict | list):
                yield from integers(inner, found, at, above)


def test_every_integer_that_is_asked_for_has_its_bounds() -> None:
    document = openapi()
    asked: list[tuple[str, Any]] = []
    for each in (each for path in document["paths"].values() for each in path.values()):
        name, components = each["operationId"], document["components"]["schemas"]
        for parameter in each["parameters"]:
            asked += integers(parameter["schema"], components, f"{name} {parameter['name']}")
        for kind, content in each.get("requestBody", {}).get("content", {}).items():
            asked += integers(content["schema"], components, f"{name} {kind}")
    assert len(asked) > 10
    boundless = [at for at, schema in asked if "const" not in schema and not {"minimum", "maximum"} <= schema.keys()]
    assert not boundless


@pytest.mark.parametrize("page", ["9" * 4000, "9" * 12, "0", "-1"])
async def test_a_number_in_an_address_lies_within_its_bounds(call: Call, page: str) -> None:
    status, problem = await call("doctor", "GET", f"/opinions/{new_id()}/pages/{page}")
    assert (status, problem["errors"][0]["loc"]) == (422, [])


@pytest.mark.parametrize("age", ['"40"', "40.0", "true", '"' + "9" * 4000 + '"'])
async def test_a_number_in_a_body_is_written_as_one(call: Call, age: str) -> None:
    """A string of digits passes `strict.check` as a text, and would be a number only afterwards."""
    body = f'{{"number": "78", "name": "吴松年", "sex": "male", "estimated_age": {age}}}'
    status, problem = await call("doctor", "POST", "/patients", data=body, headers={"Content-Type": "application/json"})
    assert (status, problem["errors"][0]["loc"]) == (422, ["estimated_age"])


def test_no_two_routes_have_the_same_address() -> None:
    addresses = [(each.method, each.path) for feature in FEATURES for each in feature.routes.operations]
    assert len(addresses) == len(set(addresses))


def test_a_route_without_a_policy_cannot_be_registered() -> None:
    with pytest.raises(TypeError, match="policy"):
        Routes("/x", tag="x").get("/open")(None)  # type: ignore[type-var]


def test_a_cursor_is_bound_to_its_list() -> None:
    last = new_id()
    given = cursor(b"secret", "anna|open", last)
    assert place(b"secret", "anna|open", given) == last
    for other in ("bert|open", "anna|closed"):
        with pytest.raises(Invalid):
            place(b"secret", other, given)
    with pytest.raises(Invalid):
        place(b"secret", "anna|open", "AAAA")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("9999-12-31T00:00:00Z", "9999-12-31T01:00:00Z"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T01:00:00+14:00"),
        ("1026-03-02T09:00:00Z", "1026-03-02T10:00:00Z"),
        ("2026-03-02T09:00:00", "2026-03-02T10:00:00"),  # in no zone
    ],
)
async def test_a_moment_that_no_calendar_of_a_hospital_has_is_our_callers_fault(
    call: Call, start: str, end: str
) -> None:
    status, problem = await call("doctor", "GET", "/calendar", params={"from": start, "to": end, "hospital_id": "wuxi"})
    assert (status, problem["code"]) == (422, "invalid")
    busy = {"kind": "clinic", "title": "门诊", "starts_at": start, "ends_at": end}
    assert (await call("doctor", "POST", "/calendar/busy", json=busy))[0] == 422


async def test_a_text_is_kept_without_the_characters_that_nobody_sees(call: Call) -> None:
    """A right-to-left override before 05 would show 50; a NUL no PostgreSQL keeps; the joiner of Persian stays."""
    typed = NEW_PATIENT | {
        "name": "吴\0松\u200b年",
        "allergy_text": "青霉素\u202e05 mg\u2066\ufeff می\u200cخواهم\n次行",
    }
    status, made = await call("doctor", "POST", "/patients", json=typed)
    assert (status, made["name"], made["allergy_text"]) == (201, "吴松年", "青霉素05 mg می\u200cخواهم\n次行")
    _, found = await call("doctor", "GET", "/patients", params={"q": "吴\0松\u200e"})
    assert [each["name"] for each in found["items"]] == ["吴松年"]


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        ("1e999", "not_json"),
        ("NaN", "not_json"),
        ("-Infinity", "not_json"),
        ("9" * 5000, "not_json"),
        (r'"\ud800"', "not_json"),
        ("9" * 25, "number_too_large"),
        ("[" * 40 + "]" * 40, "too_deep"),
        (r'{"\u0000": 1}', "nul"),
    ],
)
async def test_what_could_not_be_read_again_is_refused(call: Call, db: Database, details: str, reason: str) -> None:
    body = f'{{"camera": true, "microphone": true, "network": true, "details": {{"x": {details}}}}}'
    status, problem = await call(
        "doctor", "POST", "/device-tests", data=body, headers={"Content-Type": "application/json"}
    )
    assert (status, problem["reason"]) == (422, reason)


async def test_a_number_that_no_database_holds_is_our_callers_fault(call: Call) -> None:
    path, tag = f"/patients/{new_id()}", {"If-Match": '"' + "9" * 30 + '"'}
    status, problem = await call("doctor", "PUT", path, json=NEW_PATIENT, headers=tag)
    assert (status, problem.get("reason")) == (422, "number_too_large")


async def test_a_backslash_and_its_code_typed_by_a_person_are_no_nul(call: Call) -> None:
    assert (await call("doctor", "POST", "/patients", json=NEW_PATIENT | {"name": r"吴\u0000松年"}))[0] == 201


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (["10.2.3.4"], "10.2.3.4"),
        (["1.1.1.1, 10.2.3.4"], "10.2.3.4"),
        (["1.1.1.1", "10.2.3.4"], "10.2.3.4"),
        ([], None),
    ],
)
async def test_behind_a_proxy_the_address_is_the_one_it_saw_and_not_the_one_somebody_wrote(
    aiohttp_client: AiohttpClient, told: list[str], seen: str
) -> None:
    async def who(request: web.Request) -> web.Response:
        return web.Response(text=request.remote)

    app = web.Application(middlewares=[proxied])
    app.router.add_get("/", who)
    client = await aiohttp_client(app)
    async with client.get("/", headers=[("X-Forwarded-For", each) for each in told]) as answer:
        assert await answer.text() == (seen or "127.0.0.1")
