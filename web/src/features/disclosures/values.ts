/** Where the words of a value stand that is one of a few: the words that its own page shows. */

/** By the field, or by what was changed and the field where several have one of that name. */
export const BEGINNINGS: Readonly<Record<string, string>> = {
  roles: 'role.',
  role: 'role.',
  proposed_roles: 'role.',
  refused: 'role.',
  second_factor_roles: 'role.',
  'roster.subject': 'role.',
  title: 'title.',
  licence_category: 'staff.category.',
  services: 'places.agreement.service.',
  service: 'places.agreement.service.',
  payer: 'places.agreement.payer.',
  'hospital.kind': 'places.site.kinds.',
  'roster.kind': 'rosters.kind.',
  'source.kind': 'systems.kind.',
  'device.kind': 'devices.kind.',
  'robot.kind': 'telling.robot.kinds.',
  'calendar.kind': 'workdays.kind.',
  covers: 'rosters.covers_',
  number_kind: 'systems.number_kinds.',
  ladder: 'ladders.name.',
  urgency: 'urgency.',
  when: 'ladders.when.',
  to: 'audit.to.',
  counted: 'ladders.counted.',
  channels: 'ladders.channel.',
}

/** The key of a value's word; undefined: the value is written as it is. */
export function wordOf(what: string, field: string, raw: string): string | undefined {
  const begins = BEGINNINGS[`${what}.${field}`] ?? BEGINNINGS[field]
  return begins && `${begins}${raw}`
}

/** Where the name of a field can stand, the best first. A number is a staff number in one place and a licence's in another. */
export const namesOf = (what: string, field: string): string[] => [
  `audit.field_of.${what}.${field}`,
  ...(what === 'source' ? [`systems.part.${field}`] : []),
  `audit.field.${field}`,
]

/** What an empty value means, where that is not "nothing". */
export const EMPTY: Readonly<Record<string, string>> = {
  'ladder.hospital_id': 'ladders.of_all',
  'ladder.urgency': 'ladders.any_urgency',
  'hours.week': 'workdays.off',
}

export const HOSPITALS: ReadonlySet<string> = new Set(['hospital_id', 'branch_id', 'hub_id'])
export const DAY = /^\d{4}-\d\d-\d\d$/
export const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
