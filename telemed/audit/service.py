"""Writes the audit log: a change in its own transaction. Who was refused: `refusals.py`; who read: `reads.py`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic_core import to_jsonable_python
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.model import AuditEvent

Change = dict[str, dict[str, Any]]


def record(
    db: AsyncSession,
    who: Actor | None,
    action: str,
    target: str,
    at: datetime,
    outcome: str = "ok",
    reason: str | None = None,
    *,
    owner_id: str | None = None,
    change: Change | None = None,
) -> None:
    """Adds a row in the caller's transaction; `who` is None for the system.

    `change`: what was before and after of a setting, a person or an account of hospital `owner_id`, the actor's own if
    it is not named. Passwords, secrets and patient data never.
    """
    if change is not None and owner_id is None and who is not None:
        owner_id = who.hospital_id
    db.add(
        AuditEvent(
            at=at,
            actor_id=who.id if who else None,
            hospital_id=who.hospital_id if who else None,
            action=action,
            target=target,
            outcome=outcome,
            reason=reason,
            owner_id=owner_id,
            change=change,
            device_id=who.device_id if who else None,
        )
    )


def record_own(db: AsyncSession, who: Actor, action: str, at: datetime, **fields: tuple[Any, Any]) -> None:
    """What somebody did to their own account; administrators of their hospital find it among the changes.

    `fields`: what was before and after, if that may be told.
    """
    before, after = ({name: pair[side] for name, pair in fields.items()} for side in (0, 1))
    record(db, who, action, str(who.id), at, change=changed(before, after))


def changed(before: Mapping[str, Any], after: Mapping[str, Any], **of: Any) -> Change:
    """What differs, as JSON can hold it; what is new or gone stands on one side only.

    `of`: what it is called, where the target's id says too little; it stands on both sides.
    """
    was, now_, named = (to_jsonable_python(dict(each)) for each in (before, after, of))
    differs = {key for key in was.keys() | now_.keys() if was.get(key) != now_.get(key)}
    return {
        "before": {**named, **{key: was[key] for key in sorted(differs & was.keys())}},
        "after": {**named, **{key: now_[key] for key in sorted(differs & now_.keys())}},
    }
