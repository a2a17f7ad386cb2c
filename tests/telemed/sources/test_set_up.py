"""A hospital's administrator sets up its system and its devices; nobody else sees or changes either."""

from typing import Any

import pytest

from telemed.audit.model import AuditEvent
from telemed.errors import Invalid
from telemed.sources import service, systems
from telemed.sources.adapter import Part, Setting
from telemed.sources.ae_titles import AeTitles
from telemed.sources.faults import Failed
from telemed.sources.model import HospitalSystem, SystemKind
from telemed.sources.reach import Reach
from telemed.sources.rules import Address, address_of
from tests.telemed.conftest import SEAL, Call, FakeClock, World, rows

SYSTEM: dict[str, Any] = {
    "kind": "views",
    "name": "无锡 HIS",
    "address": "oracle://10.20.0.5:1521/?service_name=his",
    "account": "telemed",
    "secret": "s3cret",
    "mapping": {"patient": "his.v_patient"},
}


async def test_only_administrators_see_and_change_it_and_each_only_the_own(call: Call) -> None:
    assert (await call(None, "GET", "/admin/sources"))[0] == 401
    assert (await call("doctor", "GET", "/admin/sources"))[0] == 403
    assert (await call("doctor", "PUT", "/admin/sources/system", match=0, json=SYSTEM))[0] == 403
    assert (await call("wuxi_admin", "PUT", "/admin/sources/system", match=0, json=SYSTEM))[0] == 200
    assert (await call("wuxi_admin", "GET", "/admin/sources"))[1]["system"]["address"] == SYSTEM["address"]
    for other in ("admin", "jiashan_admin"):
        assert (await call(other, "GET", "/admin/sources"))[1]["system"] is None
        assert (await call(other, "POST", "/admin/sources/system/try", json={}))[0] == 404


async def test_the_secret_is_sealed_and_never_shown_and_goes_to_no_other_address(call: Call, world: World) -> None:
    await call("wuxi_admin", "PUT", "/admin/sources/system", match=0, json=SYSTEM)
    _, shown = await call("wuxi_admin", "GET", "/admin/sources")
    assert (shown["system"]["has_secret"], "secret" in shown["system"]) == (True, False)
    [row] = await rows(world.db, HospitalSystem)
    assert (SEAL.open(row.secret, row.id, "secret"), "s3cret" in row.secret) == ("s3cret", False)
    kept = SYSTEM | {"secret": "", "name": "HIS"}
    assert (await call("wuxi_admin", "PUT", "/admin/sources/system", match=1, json=kept))[0] == 200
    elsewhere = kept | {"address": "oracle://elsewhere.example:1521/"}
    status, said = await call("wuxi_admin", "PUT", "/admin/sources/system", match=2, json=elsewhere)
    assert (status, said["reason"], said["fields"]) == (422, "source_secret_again", ["secret"])
    said_of_it = [str(each.change) for each in await rows(world.db, AuditEvent) if each.action == "source.saved"]
    assert len(said_of_it) == 2
    assert not [each for each in said_of_it if "s3cret" in each]


async def test_of_two_administrators_the_second_reads_what_the_first_wrote(call: Call) -> None:
    await call("wuxi_admin", "PUT", "/admin/sources/system", match=0, json=SYSTEM)
    status, said = await call("wuxi_admin", "PUT", "/admin/sources/system", match=0, json=SYSTEM | {"name": "HIS"})
    assert (status, said["current"]["name"]) == (412, "无锡 HIS")


async def test_a_system_that_is_taken_away_is_asked_no_more(call: Call) -> None:
    await call("wuxi_admin", "PUT", "/admin/sources/system", match=0, json=SYSTEM)
    number = {"number": "0026118842"}
    assert (await call("doctor", "POST", "/patients/admitted", json=number))[1]["reason"] == "source_not_allowed"
    assert (await call("wuxi_admin", "DELETE", "/admin/sources/system", match=1))[0] == 204
    assert (await call("doctor", "POST", "/patients/admitted", json=number))[0] == 200


async def test_one_set_up_anew_is_asked_itself_and_not_the_one_before(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[tuple[str, str]]()

    class Silent:
        async def parts(self) -> list[Part]:
            return []

        async def close(self) -> None:
            asked.append(("closed", ""))

    def opened(_: SystemKind, setting: Setting, *_others: object) -> Silent:
        asked.append((setting.address, setting.secret))
        return Silent()

    monkeypatch.setattr(systems, "_opened", opened)
    for name, secret in (("one", "alpha"), ("two", "beta")):
        new = SYSTEM | {"address": f"oracle://{name}.example:1521/", "secret": secret}
        assert (await call("wuxi_admin", "PUT", "/admin/sources/system", match=0, json=new))[0] == 200
        for _ in range(2):
            assert (await call("wuxi_admin", "POST", "/admin/sources/system/try", json={}))[0] == 200
        assert (await call("wuxi_admin", "DELETE", "/admin/sources/system", match=1))[0] == 204
    gone = await call("wuxi_admin", "POST", "/admin/sources/system/try", json={})
    assert gone[0] == 404
    one, two = ("oracle://one.example:1521/", "alpha"), ("oracle://two.example:1521/", "beta")
    assert asked == [one, two, ("closed", ""), ("closed", "")]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("views", "sqlite:////etc/passwd"),
        ("views", "postgresql://reader:secret@his.example/his"),
        ("views", "mssql://his.example/his?odbc_connect=Server%3Dother"),
        ("views", "mssql://his.example/his?driver=/tmp/evil.so"),
        ("views", "mssql://his.example/his;Server=other"),
        ("views", "postgresql:///his?unix_sock=/run/x"),
        ("views", "postgresql://his.example/his?plugin=x"),
        ("views", "his.example:1521"),
        ("views", "nonsense://his.example/his"),
        ("fhir", "ftp://fhir.example/"),
        ("fhir", "https://user:secret@fhir.example/r4"),
        ("fhir", "https://fhir.example/r4?next=1"),
        ("fhir", "https://fhir.example:99999/r4"),
        ("fhir", "https://[fhir"),
    ],
)
def test_no_address_leads_to_a_file_or_hides_something(kind: str, address: str) -> None:
    with pytest.raises(Invalid):
        address_of(SystemKind(kind), address)


def test_an_address_has_the_port_of_its_kind() -> None:
    assert address_of(SystemKind.views, "oracle://his.example/?service_name=his") == Address("his.example", 1521)
    assert address_of(SystemKind.fhir, "https://fhir.example/r4") == Address("fhir.example", 443)


@pytest.mark.parametrize(
    ("kind", "mapping", "reason", "fields"),
    [
        ("views", {"patient": "a; drop table b"}, "source_view", ["patient"]),
        ("views", {"admission": "a", "orders": "a.b.c.d"}, "source_view", ["orders"]),
        ("views", {"people": "a"}, "source_mapping", None),
        ("fhir", {"number_system": "住院号"}, "source_number", ["number_system"]),
        ("fhir", {"number_kind": "other"}, "source_mapping", None),
        ("fhir", {"patient": "a"}, "source_mapping", None),
    ],
)
async def test_a_wrong_name_is_refused_at_its_field(
    call: Call, kind: str, mapping: dict[str, str], reason: str, fields: list[str] | None
) -> None:
    address = SYSTEM["address"] if kind == "views" else "https://fhir.example/r4"
    said = SYSTEM | {"kind": kind, "address": address, "mapping": mapping}
    status, problem = await call("wuxi_admin", "PUT", "/admin/sources/system", match=0, json=said)
    assert (status, problem["reason"], problem.get("fields")) == (422, reason, fields)


def _names(**known: str) -> Any:
    async def lookup(host: str, port: int) -> list[str]:
        if host not in known:
            raise OSError
        return [known[host]]

    return lookup


@pytest.mark.parametrize(
    ("host", "port", "fault"),
    [
        ("his", 1521, None),
        ("his", 22, "not_allowed"),
        ("inside", 5432, None),
        ("metadata", 80, "not_allowed"),
        ("gone", 80, "away"),
    ],
)
async def test_a_name_is_called_only_where_the_installation_allows(host: str, port: int, fault: str | None) -> None:
    entries = Reach.of(["his:1521", "10.20.0.0/16"]).entries
    reach = Reach(entries, _names(his="192.168.7.7", inside="10.20.1.2", metadata="169.254.169.254"))
    if fault is None:
        assert await reach.resolve(Address(host, port), "wuxi")
    else:
        with pytest.raises(Failed, match=fault):
            await reach.resolve(Address(host, port), "wuxi")


async def test_an_entry_of_one_hospital_serves_no_other() -> None:
    reach = Reach(Reach.of(["wuxi=10.20.0.0/16"]).entries, _names(inside="10.20.1.2"))
    assert await reach.resolve(Address("inside", 80), "wuxi") == "10.20.1.2"
    with pytest.raises(Failed, match="not_allowed"):
        await reach.resolve(Address("inside", 80), "jiashan")


@pytest.mark.parametrize("entry", ["", "a b", "his:99999", "10.0.0.1/8", "https://his", "=10.0.0.0/8", "W i=his"])
def test_an_entry_of_the_list_that_is_none_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="neither a network"):
        Reach.of([entry])


async def test_devices_are_added_and_removed_and_a_title_is_one_hospitals(call: Call) -> None:
    new = {"title": " WUXI_CT ", "name": "CT 室"}
    assert (await call("doctor", "POST", "/admin/sources/ae-titles", json=new))[0] == 403
    status, added = await call("wuxi_admin", "POST", "/admin/sources/ae-titles", json=new)
    assert (status, added) == (201, {"title": "WUXI_CT", "name": "CT 室", "heard_at": None})
    status, problem = await call("jiashan_admin", "POST", "/admin/sources/ae-titles", json=new)
    assert (status, problem["reason"], problem["fields"]) == (409, "ae_title_taken", ["title"])
    assert (await call("jiashan_admin", "DELETE", "/admin/sources/ae-titles/WUXI_CT"))[0] == 404
    assert (await call("wuxi_admin", "DELETE", "/admin/sources/ae-titles/WUXI_CT"))[0] == 204
    assert (await call("jiashan_admin", "POST", "/admin/sources/ae-titles", json=new))[0] == 201
    _, shown = await call("jiashan_admin", "GET", "/admin/sources")
    assert [each["title"] for each in shown["ae_titles"]] == ["WUXI_CT"]
    for title, answer in (("A\\B", 422), ("CT_ROOM_2_TOO_LON", 422), ("TELEMED", 409)):
        assert (await call("wuxi_admin", "POST", "/admin/sources/ae-titles", json={"title": title}))[0] == answer


async def test_the_setting_fills_the_list_once_and_then_the_list_holds(world: World, clock: FakeClock) -> None:
    setting = {"WUXI_CT": "wuxi", "OTHER": "nowhere"}
    ae_titles = AeTitles(world.db, clock, setting)
    assert ae_titles.hospital_of("WUXI_CT") == "wuxi"  # also before there are rows
    await ae_titles.load()
    assert (ae_titles.hospital_of("WUXI_CT"), ae_titles.hospital_of("OTHER")) == ("wuxi", None)
    await ae_titles.note()
    async with world.db.write() as db:
        [shown] = await service.ae_titles(db, world.actor("wuxi_admin"))
        assert shown.heard_at == clock()
        await service.remove_ae_title(db, world.actor("wuxi_admin"), "WUXI_CT", clock())
    again = AeTitles(world.db, clock, setting)
    await again.load()
    assert again.hospital_of("WUXI_CT") is None
