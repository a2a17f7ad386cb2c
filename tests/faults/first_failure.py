"""A pytest plugin that writes which test failed first, as it is named on the command line."""

import os
from pathlib import Path

import pytest

WHERE = "TELEMED_FIRST_FAILURE"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        _write(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.failed:
        _write(report.nodeid)


def _write(test: str) -> None:
    path = Path(os.environ[WHERE])
    if not path.exists():
        path.write_text(test, encoding="utf-8")
