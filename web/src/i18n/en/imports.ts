import type { Filled } from '../shape'
import type { imports as zh } from '../zh-CN/imports'

export const imports = {
  title: 'Import {{what}}',
  about: '{{hospital}} · {{file}} · {{rows}} rows',
  kinds: {
    staff: 'people',
    departments: 'departments',
    wards: 'wards',
    venues: 'venues',
    agreements: 'agreements',
    roster: 'rosters',
    holidays: 'holidays',
  },
  what: 'What to import',
  order:
    'At a new hospital from left to right: people name departments, rosters name people. Hospitals themselves are added on “Hospitals and agreements”.',
  steps: 'Steps of the import',
  step: { choose: 'Choose a file', check: 'Check', done: 'Done' },
  choose: {
    title: 'Choose a file',
    note: '.xlsx or .csv, 10 MB and 20,000 rows at most',
    drop: 'Drop a file here, or choose one. It is checked first; nothing is written until you confirm.',
    file: 'Choose a file',
    template: 'Get the template',
  },
  rules: {
    identity:
      'What is known by the same number (people) or name (departments, venues) is changed; the rest is new.',
    empty: 'Missing columns and empty cells change nothing; “-” empties a field.',
    untouched: 'What is not in the file stays as it is.',
    roster:
      'A line is a shift: one that ends before it starts ends on the next day; several people of one place stand with commas; “-” instead of a person takes the shift out.',
    passwords:
      'An import gives no passwords: tick people on their page afterwards and issue one-time passwords.',
  },
  will: { new: 'New', changed: 'Changed', same: 'Unchanged', wrong: 'Wrong, will not be imported' },
  did: { new: 'Added', changed: 'Changed', same: 'Unchanged', wrong: 'Wrong, not imported' },
  nothing_yet: {
    staff:
      'Nothing is written while you check. People are known by their number; others are not touched',
    departments: 'Nothing is written while you check. Departments are known by their name',
    wards: 'Nothing is written while you check. Wards are known by their code',
    venues: 'Nothing is written while you check. Venues are known by their name',
    agreements: 'Nothing is written while you check. Agreements are known by their number',
    roster:
      'Nothing is written while you check. Shifts are known by roster, start and place; others stay',
    holidays: 'Nothing is written while you check. Other days are not touched',
  },
  filter: 'Which rows are shown',
  chip: { all: 'All', wrong: 'Wrong', new: 'New', changed: 'Changed', same: 'Unchanged' },
  state: { new: 'New', changed: 'Changed', same: 'Same', wrong: 'Wrong' },
  legend: { wrong: 'wrong', changed: 'differs from what is kept' },
  rows: 'Rows of the file',
  line: 'Line',
  result: 'Result',
  change_to: 'Change to {{better}}',
  none: 'No such rows',
  none_hint: 'Press “All” to see every row.',
  more: '{{shown}} of {{all}} rows are listed; the others are imported too.',
  unread: 'These columns were not read: {{columns}}',
  and: ', ',
  sheet_unread: 'Sheet “{{name}}” was not read: only the first visible one is',
  sheet_hidden: 'The hidden sheet “{{name}}” was not read',
  faulty_name: 'faulty rows of {{file}}.xlsx',
  check: {
    wrong_one: '{{count}} row is wrong',
    wrong_other: '{{count}} rows are wrong',
    mend: 'Mend the file and choose it again; what is imported already is not doubled',
    again: 'Choose another file',
    run_one: 'Import {{count}} right row',
    run_other: 'Import {{count}} right rows',
    nothing: 'Nothing to import',
    faulty: 'Download the faulty rows',
  },
  done: {
    imported_one: '{{count}} row imported',
    imported_other: '{{count}} rows imported',
    nothing: 'There was nothing to write',
    wrong:
      'These rows were not imported. Download them, mend them and choose that file; nothing is doubled.',
    passwords:
      'The new people have no passwords yet: tick them on the page “People” and issue one-time passwords.',
    more: 'Import another file',
  },
} as const satisfies Filled<typeof zh>
