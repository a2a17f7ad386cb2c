"""News as a consumer gets it, without a dispatcher."""

from uuid import UUID

from telemed.history.consumers import Heard
from telemed.history.events import About, News
from telemed.kit.table import new_id
from telemed.studies.events import OF_STATE
from telemed.studies.model import LinkState
from tests.telemed.conftest import NOW


def news(event: News, about: About) -> Heard:
    return Heard(id=new_id(), event=event, about=about, recorded_at=NOW, occurred_at=NOW)


def study_news(study_uid: str, patient_id: UUID | None, state: LinkState) -> Heard:
    """What a person of Wuxi said of one of its studies."""
    said = OF_STATE[state](id=new_id(), study_uid=study_uid, state=state, rev=1)
    return news(said, About("wuxi", patient_id=patient_id))
