import type { Filled } from '../shape'
import type { chart as zh } from '../zh-CN/chart'

export const chart = {
  read: '{{system}} · read {{at}}',
  which:
    'These values come from the hospital system and change with each reading. Vital signs and tests of the request were entered by the requesting doctor; they stay in the packet as they are.',
  since:
    'Only what was measured since {{at}}: doctors of another hospital see this stay, not earlier history.',
  silent: '{{system}} did not answer when it was last asked; these values were read before.',
  silent_heard:
    '{{system}} did not answer when it was last asked (it did at {{at}}); these values were read before.',
  vitals: 'Vital signs',
  tests: 'Tests',
  orders: 'Orders in force',
  reference: 'ref. {{range}}',
  began: 'from {{at}}',
  older_one: 'one before',
  older_other: '{{count}} before',
  none: 'No vital signs, tests or orders were read',
  none_hint: '{{system}} has none of this patient, or does not give them.',
  none_since: 'No vital signs, tests or orders were read since {{at}}',
  no_system: '{{hospital}} has no hospital system connected',
  no_system_hint:
    'The vital signs and tests of the request are what there is; ask the requesting doctor for more.',
  not_read: 'This patient has not been read from {{system}} yet',
  not_read_hint: 'Values appear here once a request reads the patient by their number.',
} satisfies Filled<typeof zh>
