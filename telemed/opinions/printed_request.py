"""申请部分 of a record: what the branch asked, and who there approved it."""

from collections.abc import Mapping
from uuid import UUID

from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import RequestContent
from telemed.consultations.words import Urgency
from telemed.documents import record as doc
from telemed.opinions import words
from telemed.people.model import Department, Hospital, Staff, Title
from telemed.people.seniority import outranked


def request_part(
    row: Consultation,
    request: RequestContent,
    staff: Mapping[UUID, Staff],
    branch: Hospital,
    departments: Mapping[UUID, Department],
) -> doc.RequestPart:
    zone, stat = branch.time_zone, row.urgency is Urgency.stat
    specialty = next(
        (
            each.name
            for each in departments.values()
            if (each.hospital_id, each.specialty) == (row.hub_id, request.specialty)
        ),
        request.specialty,
    )
    wanted = [specialty, _wanted(request.title_wanted) if request.title_wanted else ""]
    skipped = "紧急会诊，不经此步" if stat else "本院流程不设此步"
    endorsed, approved = staff.get(row.endorsed_by or row.id), staff.get(row.approved_by or row.id)
    treatment = "\n".join(each for each in (request.treatment, request.medicines) if each.strip())
    history = "\n".join(each for each in (request.history, request.past_history) if each.strip())
    exam = "\n".join(each for each in (words.measures(request.vitals), request.examination) if each.strip())
    tests_at = words.local(request.tests_at, zone)
    return doc.RequestPart(
        submitted=words.local(row.submitted_at, zone),
        wanted="，".join(each for each in wanted if each),
        purpose=request.purpose,
        history=history,
        exam=exam,
        exam_at=words.local(request.vitals_at, zone),
        tests=(f"（{tests_at}）" if tests_at else "") + words.measures(request.tests),
        diagnosis=request.diagnosis,
        treatment=treatment,
        requester=words.titled(staff[row.requester_id]),
        requester_at=words.local(row.submitted_at, zone),
        senior=words.titled(endorsed) if endorsed else skipped,
        senior_at=words.local(row.endorsed_at, zone) if endorsed else "",
        office=f"{approved.name}　同意" if approved else skipped,
        office_at=words.local(row.approved_at, zone) if approved else "",
    )


def _wanted(title: Title) -> str:
    return words.TITLE[title] + ("以上" if outranked(title) else "")
