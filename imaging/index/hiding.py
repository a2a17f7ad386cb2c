"""Hide a study from all but the hospital's imaging roles, or show it again: also one whose images are yet to come."""

from sqlmodel import Session, select

from imaging.index.model import OrderAhead, Study


def order(session: Session, hospital: str, study_uid: str, hidden: bool, rev: int) -> None:
    """An order older than one already carried out changes nothing."""
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
    """What was ordered of a study before its first image came."""
    ahead = session.get(OrderAhead, (study.hospital, study.study_uid))
    if ahead is not None:
        study.hidden, study.hidden_rev = ahead.hidden, ahead.rev
        session.delete(ahead)
