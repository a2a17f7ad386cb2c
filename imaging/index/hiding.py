"""Hides a study from all but its hospital's imaging roles, or shows it again, even before its first image comes."""

from sqlmodel import Session, select

from imaging.index.model import OrderAhead, Study


def order(session: Session, hospital: str, study_uid: str, hidden: bool, rev: int) -> None:
    """Hides or shows a study. An order older than the last one carried out changes nothing."""
    study = session.exec(select(Study).where(Study.hospital == hospital, Study.study_uid == study_uid)).one_or_none()
    if study is not None:
        if rev > study.hidden_rev:
            study.hidden, study.hidden_rev = hidden, rev
        return
    ahead = session.get(OrderAhead, (hospital, study_uid)) or OrderAhead(hospital=hospital, study_uid=study_uid)
    if rev > ahead.rev:
        ahead.hidden, ahead.rev = hidden, rev
        session.add(ahead)


def carry_out(session: Session, study: Study) -> None:
    """Carries out what was ordered before the first image of the study came."""
    ahead = session.get(OrderAhead, (study.hospital, study.study_uid))
    if ahead is not None:
        study.hidden, study.hidden_rev = ahead.hidden, ahead.rev
        session.delete(ahead)
