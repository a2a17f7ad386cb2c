"""A ward round that the lead has begun, and what is done at its beds, for the tests of the bedside screen."""

from datetime import UTC, datetime, timedelta
from typing import Any

from telemed.kit.table import new_id
from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.emergency import ask
from tests.e2e.in_room import at_home
from tests.e2e.rounding import leading, planned

FIRST, SECOND = "呋塞米改为口服 40 mg，每日一次", "复查血钾、肌酐"


def ready(
    arrive: Arrive, product: Product, most: int | None = None, **more: Any
) -> tuple[Person, Person, str, list[str]]:
    """The lead and the ward's doctor, the path of a round of ward 5 that the lead has begun, and its beds.

    `most`: so many of its patients are confirmed; else all.
    """
    coordinator = arrive("coordinator")
    path = planned(coordinator, product, **more)
    id = path.rsplit("/", 1)[1]
    ward, lead = at_home(arrive, "wuxi.doctor"), at_home(arrive, leading(coordinator, path))
    for item in ask(ward, "GET", f"/rounds/sessions/{id}")["items"][:most]:
        ask(ward, "POST", f"/rounds/items/{item['id']}/confirm", {"emergency": "病情不稳定"}, item["version"])
    done(lead, id, "start", reason="主查提前到场")
    sheet = ask(lead, "GET", f"/rounds/sessions/{id}")
    return lead, ward, path, [each["bed"] for each in sheet["items"] if each["state"] != "proposed"]


def done(person: Person, id: str, kind: str, **more: Any) -> Any:
    now = datetime.now(UTC).isoformat()
    said = {"id": str(new_id()), "kind": kind, "occurred_at": now, "sent_at": now} | more
    return ask(person, "POST", f"/rounds/sessions/{id}/acts", said)


def item_at(person: Person, id: str, bed: str) -> Any:
    (item,) = [each for each in ask(person, "GET", f"/rounds/sessions/{id}")["items"] if each["bed"] == bed]
    return item


def instructed(lead: Person, id: str, item: Any, text: str) -> None:
    due = (datetime.now(UTC) + timedelta(hours=4)).isoformat()
    done(lead, id, "instruct", item_id=item["id"], text=text, instruction="medicine", due_at=due)
