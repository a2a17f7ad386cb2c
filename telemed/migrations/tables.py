"""All modules that define tables; importing them makes the metadata complete."""

from telemed.access import model as access
from telemed.activities import model as activities
from telemed.administration import model as administration
from telemed.audit import model as audit
from telemed.break_glass import model as break_glass
from telemed.bridge import model as bridge
from telemed.cases import model as cases
from telemed.consultations import model as consultations
from telemed.critical_findings import model as critical_findings
from telemed.devices import model as devices
from telemed.files import model as files
from telemed.history import model as history
from telemed.interop import model as interop
from telemed.kit import events, inbox, quarantine
from telemed.marks import model as marks
from telemed.opinions import model as opinions
from telemed.people import chart_tables
from telemed.people import model as people
from telemed.reading import desk_model, grade_model, page_model
from telemed.reading import model as reading
from telemed.rooms import model as rooms
from telemed.rosters import model as rosters
from telemed.rounds import model as rounds
from telemed.scheduling import model as scheduling
from telemed.sources import model as sources
from telemed.studies import model as studies
from telemed.work import model as work
from telemed.work import outgoing

TABLES = (
    access,
    activities,
    administration,
    audit,
    break_glass,
    bridge,
    cases,
    consultations,
    critical_findings,
    devices,
    events,
    files,
    history,
    inbox,
    interop,
    marks,
    opinions,
    outgoing,
    chart_tables,
    people,
    quarantine,
    desk_model,
    grade_model,
    page_model,
    reading,
    rooms,
    rosters,
    rounds,
    scheduling,
    sources,
    studies,
    work,
)
