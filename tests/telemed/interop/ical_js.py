"""What another parser (ical.js, which Thunderbird reads calendars with) makes of what we write."""

import json
import subprocess
from typing import Any

from tests.e2e.conftest import ROOT

READS = """
import ICAL from 'ical.js'
import { readFileSync } from 'node:fs'
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')))
const events = calendar.getAllSubcomponents('vevent').map((each) => {
  const { uid, sequence, summary, startDate, endDate } = new ICAL.Event(each, { strictExceptions: true })
  const times = [startDate, endDate].map((at) => at?.toJSDate().toISOString() ?? null)
  return { uid, sequence, summary, times, status: each.getFirstPropertyValue('status') }
})
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue('method') ?? '', events }))
"""


def read(text: bytes) -> tuple[str, list[dict[str, Any]]]:
    """METHOD, and of each event uid, sequence, status, summary, and `times`: begin and end by UTC."""
    command = ["node", "--input-type=module", "--eval", READS]
    done = subprocess.run(command, input=text, capture_output=True, cwd=ROOT / "web", timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    return found["method"], found["events"]
