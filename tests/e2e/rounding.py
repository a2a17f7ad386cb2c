"""A ward round that begins soon, for the tests of rounds in browsers."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.e2e.conftest import Person, Product

SOON: Final = timedelta(minutes=20)  # its room is open half an hour before
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Who may lead, by name: whoever is free first is asked.
LEADS: Final = {"柳春分": "expert", "林谷雨": "expert2", "江小满": "radiologist2"}


def planned(coordinator: Person, product: Product, soon: timedelta = SOON, **more: Any) -> str:
    """A series whose first round begins soon; returns that round's path. The ward's clock is Shanghai's."""
    ask = coordinator.context.request
    choices = ask.get("/api/rounds/series/choices").json()
    (branch,) = [each for each in choices["branches"] if each["id"] == "wuxi"]
    (ward,) = [each for each in branch["wards"] if each["name"] == "5 病区"]
    leads = [each["id"] for name in LEADS for each in choices["leads"] if each["name"] == name]
    begins = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")) + soon
    series: dict[str, Any] = {
        "branch_id": "wuxi",
        "ward_id": ward["id"],
        "specialty": "cardiology",
        "rrule": f"FREQ=WEEKLY;BYDAY={DAYS[begins.weekday()]}",
        "starts_on": begins.date().isoformat(),
        "at": f"{begins:%H:%M}",
        "minutes": 60,
        "leads": leads,
        "cadence_days": 7,
    }
    _freed(coordinator, product, leads, begins)
    answer = ask.post("/api/rounds/series", data=series | more, headers={"Origin": product.origin})
    assert answer.ok, answer.text()
    ahead = ask.get("/api/rounds/sessions?show=ahead").json()["items"]
    first = next(each for each in ahead if each["series_id"] == answer.json()["id"])
    if first["state"] == "planned":  # the clock opens it within seconds; who comes first opens it
        headers = {"Origin": product.origin, "If-Match": f'"{first["version"]}"'}
        ask.post(f"/api/rounds/sessions/{first['id']}/open", headers=headers)
    return f"/rounds/{first['id']}"


def _freed(coordinator: Person, product: Product, leads: list[str], begins: datetime) -> None:
    """Their clinics and rounds of the demonstration do not stand in the way: at half past eight in the morning all of
    them have one."""
    ask, until = coordinator.context.request, begins + timedelta(hours=1)
    span = {"from": begins.isoformat(), "to": until.isoformat()}
    calendar = ask.get("/api/calendar", params={**span, "hospital_id": "ruijin", "people": ",".join(leads)}).json()
    for each in calendar["entries"]:
        if each["mine"] and set(leads) & set(each["resources"]):
            headers = {"Origin": product.origin, "If-Match": f'"{each["version"]}"'}
            assert ask.delete(f"/api/calendar/busy/{each['id']}", headers=headers).ok


def locked(coordinator: Person, product: Product, path: str) -> None:
    """Its list is locked, by hand unless the clock was first. With a confirmed patient and a lead it is ready then."""
    ask, address = coordinator.context.request, f"/api/rounds/sessions/{path.rsplit('/', 1)[1]}"
    while (row := ask.get(address).json())["state"] == "list_open":
        ask.post(f"{address}/lock", headers={"Origin": product.origin, "If-Match": f'"{row["version"]}"'})
    assert row["state"] == "ready"


def leading(coordinator: Person, path: str) -> str:
    """The user name of who leads it."""
    round = coordinator.context.request.get(f"/api/rounds/sessions/{path.rsplit('/', 1)[1]}").json()
    return LEADS[round["lead"]["name"]]
