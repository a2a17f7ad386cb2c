/** What the lead of a round answers, and what becomes of another time that they propose. */
import type { Filled } from '../shape'
import type { rounds_answer as zh } from '../zh-CN/roundsAnswer'

export const rounds_answer = {
  state: {
    invited: 'not answered',
    accepted: 'accepted',
    proposed: 'proposes another time',
    declined: 'declined',
  },
  do: {
    propose: 'Propose another time',
    accept_old: 'Lead it at the old time',
    take_time: 'Move to this time',
    turn_down: 'Keep the time',
  },
  done: {
    propose: 'Proposed. The coordinator sees to it; until then the round keeps its time.',
    take_time: 'Moved to the time that the lead proposed. Everybody who takes part is told.',
    turn_down: 'Sent. The lead is asked again for the old time.',
  },
  when: 'When you can',
  words: 'Words to the coordinator',
  hint: 'It lasts as long as before. Until the coordinator moves it, the round keeps its time.',
  needed: 'Choose another time that is to come.',
  send: 'Propose',
  waits:
    'You propose {{when}}; the coordinator of the hub sees to it. Until then the round keeps its time.',
  proposes: '{{who}} proposes {{when}}',
  fits: 'Lead, bed doctor and places are free; the lead need not answer again.',
  passed: 'That time has passed: keep the time and say why, or choose another time or lead.',
  turn_down_hint: 'The lead hears your reason and is asked again for the old time.',
  turned_down: 'The time that you proposed could not be had: {{words}}',
} satisfies Filled<typeof zh>
