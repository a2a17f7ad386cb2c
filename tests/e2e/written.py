"""A consultation that is answered in writing, made so by the lead expert without a page."""

from typing import Any

from tests.e2e.story_side import Side


def send(side: Side, path: str, version: int | None = None, **body: Any) -> Any:
    headers = {"Origin": side.origin} | ({"If-Match": f'"{version}"'} if version else {})
    answer = side.context.request.post(path, headers=headers, data=body)
    assert answer.ok, answer.text()
    return answer.json()


def to_written(lead: Side) -> str:
    items = lead.get("/api/consultations?limit=200")["items"]
    found = next(each for each in items if each["state"] == "accepted")
    send(lead, f"/api/consultations/{found['id']}/written", found["version"], reason="书面答复")
    return str(found["id"])
