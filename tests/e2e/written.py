"""What somebody of a story does without a page."""

from typing import Any

from tests.e2e.story_side import Side


def send(side: Side, path: str, version: int | None = None, **body: Any) -> Any:
    headers = {"Origin": side.origin} | ({"If-Match": f'"{version}"'} if version else {})
    answer = side.context.request.post(path, headers=headers, data=body)
    assert answer.ok, answer.text()
    return answer.json()
