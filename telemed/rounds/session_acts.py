"""Acts on the whole round: begin, pause, go on, end, hand it over.

Who comes back from no network pauses no round that its lead has taken on since.
"""

from collections.abc import Mapping

from telemed.activities.model import Answer
from telemed.errors import Invalid
from telemed.rounds import rules, stays
from telemed.rounds.bed_acts import overtaken
from telemed.rounds.doing import Doing
from telemed.rounds.engine import act
from telemed.rounds.leading import lead_becomes, refuse_lead
from telemed.rounds.sessions import complete as end_round
from telemed.rounds.words import Outcome, RoundAction, RoundState, Who


async def start(doing: Doing) -> Outcome:
    if doing.session.state in rules.RUNNING:
        return Outcome.already
    become = {"started_at": doing.at, "why": doing.new.reason}
    await _act(doing, RoundAction.start, become)
    await stays.follow_beds(doing.db, doing.session)
    return Outcome.done


async def pause(doing: Doing) -> Outcome:
    if doing.session.state is RoundState.paused:
        return Outcome.already
    rules.line(rules.SESSIONS, RoundAction.pause, doing.session.state, doing.held)  # who never may leaves no trace
    if await overtaken(doing):
        return Outcome.overtaken
    await _act(doing, RoundAction.pause)
    return Outcome.done


async def resume(doing: Doing) -> Outcome:
    if doing.session.state is RoundState.live:
        return Outcome.already
    await _act(doing, RoundAction.resume)
    return Outcome.done


async def complete(doing: Doing) -> Outcome:
    if doing.session.state in rules.OVER:
        return Outcome.already
    await end_round(doing.db, doing.actor, doing.session, doing.now, at=doing.at)
    return Outcome.done


async def _act(doing: Doing, action: RoundAction, become: Mapping[str, object] | None = None) -> None:
    await act(
        doing.db,
        doing.actor,
        doing.session,
        action,
        doing.now,
        become or {},
        reason=doing.new.reason,
        at=doing.at,
    )


async def hand_over(doing: Doing) -> Outcome:
    """The next lead goes on where the round is; who led it stays in it."""
    if Who.lead not in doing.held:
        rules.refuse_capacity(Who.lead)
    if doing.new.lead_id is None:
        raise Invalid("Say to whom.", reason="lead_needed")
    await refuse_lead(doing.db, doing.session, doing.new.lead_id)
    if doing.new.lead_id == doing.actor.id:
        return Outcome.already
    await lead_becomes(
        doing.db,
        doing.actor,
        doing.session,
        doing.new.lead_id,
        doing.now,
        Answer.accepted,
        at=doing.at,
        stays=True,
    )
    return Outcome.done
