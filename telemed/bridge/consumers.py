"""Who hears what: every consumer of the product's news, by name."""

from functools import partial

from telemed.bridge import commands, grants, images, marked, packets, reminders, reported
from telemed.bridge.commands import RoomCommands
from telemed.bridge.grants import GrantFeed
from telemed.bridge.images import HiddenStudies
from telemed.bridge.marked import StoredMarks
from telemed.bridge.reported import StoredReports
from telemed.consultations import service as consultations
from telemed.history.consumers import Consumer, Handle
from telemed.history.events import News
from telemed.interop import invitations
from telemed.notify import live
from telemed.notify.live import Live
from telemed.opinions.service import OpinionsOf
from telemed.reading import hearing
from telemed.requests import completing
from telemed.rounds import hearing as rounds
from telemed.rounds import stays

HEARS: dict[str, tuple[type[News], ...]] = {
    "live": live.HEARS,
    "grants": grants.HEARS,
    "commands": commands.HEARS,
    "hidden_studies": images.HIDES,
    "stored_marks": marked.HEARS,
    "stored_reports": reported.HEARS,
    "packets": packets.HEARS,
    "reminders": reminders.HEARS,
    "invitations": invitations.HEARS,
    "consents": consultations.CONSENTS_CHANGED,
    "reading_consents": hearing.HEARS,
    "round_consents": rounds.HEARS,
    "round_stays": stays.HEARS,
    "completing": completing.COMPLETE_IT,
    "settings": consultations.SETTINGS_CHANGED,
}


def consumers(
    live: Live, feed: GrantFeed, rooms: RoomCommands, hidden: HiddenStudies, marks: StoredMarks, reports: StoredReports
) -> dict[str, Consumer]:
    """What the dispatcher delivers to."""
    handles: dict[str, Handle] = {
        "live": live.consume,
        "grants": feed.consume,
        "commands": rooms.consume,
        "hidden_studies": hidden.consume,
        "stored_marks": marks.consume,
        "stored_reports": reports.consume,
        "packets": packets.consume,
        "reminders": reminders.consume,
        "invitations": invitations.consume,
        "consents": partial(consultations.consents_changed, opinions=OpinionsOf()),
        "reading_consents": hearing.consent_withdrawn,
        "round_consents": rounds.consents_changed,
        "round_stays": stays.stay_changed,
        "completing": completing.added,
        "settings": consultations.settings_changed,
    }
    return {name: Consumer(name, HEARS[name], handle) for name, handle in handles.items()}
