"""QIDO-RS (PS3.18 §10.6) over HTTP."""

from typing import Any

from aiohttp import web
from sqlmodel import Session

from imaging.dicomweb.accept import JSON, model_form
from imaging.dicomweb.native import parts_of
from imaging.dicomweb.wado import accept_of
from imaging.errors import Unavailable
from imaging.index import qido
from imaging.index.access import copies, find_series
from imaging.lookup import study_in, view_of
from imaging.reads import Read, keep
from imaging.web import archive_of, json_body

STUDY_UID = "0020000D"


async def search(request: web.Request) -> web.Response:
    """Finds studies, series or instances, among all that the caller may see or below the path's study and series."""
    form = model_form(accept_of(request))
    query = qido.parse(request.path.rpartition("/")[2], list(request.query.items()))
    query.base = base_of(request)
    view = view_of(request)
    if not view.granted and not view.actor.reads_own:
        raise Unavailable("Access to other hospitals' studies cannot be confirmed right now; try again.")

    def work(session: Session) -> tuple[list[dict[str, Any]], list[Read]]:
        if "study" in request.match_info:
            study = study_in(session, request, view)
            query.study = study.id
            if "series" in request.match_info:
                query.series = find_series(session, study, request.match_info["series"]).id
        answers = qido.search(session, view, query)
        return answers, copies(session, view, _named(answers, request.match_info.get("study")))

    answers, studies = await archive_of(request).index.read(work)
    await keep(request, studies)
    response = _response(answers, form)
    warnings = []
    if len(answers) == query.limit:
        warnings.append("There may be more results; ask with offset.")
    if not view.granted:
        warnings.append("Studies of other hospitals are left out for the moment.")
    if unknown := qido.unknown_fields(query):
        warnings.append(f"includefield names what is no attribute: {', '.join(unknown)[:200]}")
    for each in warnings:
        response.headers.add("Warning", f'299 telemed "{_plain(each)}"')
    if answers:
        response.enable_compression()
    return response


def _response(answers: list[dict[str, Any]], form: str) -> web.Response:
    if not answers:
        return web.Response(status=204)
    if form == JSON:
        return json_body(answers, media_type=JSON)
    body, content_type = parts_of(answers)
    return web.Response(body=body, headers={"Content-Type": content_type})


def _plain(text: str) -> str:
    """Without what would end the quoted text or the header."""
    return "".join(one if " " <= one <= "~" and one not in '"\\' else "?" for one in text)


def _named(answers: list[dict[str, Any]], below: str | None) -> set[str]:
    """The studies of the answers, which say their UID or lie below the path's study."""
    said = (each.get(STUDY_UID, {}).get("Value", [below])[0] for each in answers)
    return {uid for uid in said if uid}


def base_of(request: web.Request) -> str:
    """The URL under which this service is mounted."""
    at = request.path.rfind("/studies")
    if at < 0:
        at = max(request.path.rfind("/series"), request.path.rfind("/instances"))
    return request.path[:at]
