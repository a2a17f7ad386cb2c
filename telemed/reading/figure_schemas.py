"""The API's outputs about the figures of a reader and of the desk."""

from datetime import datetime

from telemed.kit.model import Model


class Turnaround(Model):
    """Of `reports` reports whose clock ran, in seconds; `in_time`: how many were issued within the promised time."""

    reports: int
    median: int
    ninetieth: int
    in_time: int


class DeskClaims(Model):
    """Of the whole desk. `taken_over`: how many of the claims took what a colleague had claimed or was given;
    `out_of_order`: how many left something more pressing waiting."""

    claims: int
    taken_over: int
    out_of_order: int


class Figures(Model):
    """One's own, of the reports issued since; `turnaround` is null where fewer than five can be measured, and
    `desk`, which is of the whole desk, for all but its heads."""

    since: datetime
    to_write: int
    in_review: int
    issued: int
    turnaround: Turnaround | None
    desk: DeskClaims | None
