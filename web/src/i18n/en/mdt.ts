import type { Filled } from '../shape'
import type { mdt as zh } from '../zh-CN/mdt'

export const mdt = {
  title: 'MDT',
  sections: 'Sections of the experts',
  consensus: 'Consensus (chair)',
  chair: 'Chair {{name}}',
  recorder: 'Recorder {{name}} (does not sign)',
  progress: '{{done}} of {{all}} have spoken',
  waits: 'To be signed',
  former: 'No longer on this consultation',
  dissents: 'Has dissented',
  section_of: 'Section of {{name}}, {{department}}',
  nothing: 'Nothing is written yet.',
  hint: 'Analysis, diagnosis and advice of this specialty',
  signed_at: '{{name}} signed on {{at}}',
  earlier: 'Signed before the consensus had its last words: for this section alone',
  correcting: 'Being corrected; until it is signed, the text signed before stands.',
  sign: 'Sign my section',
  sign_title: 'Sign the section',
  sign_note:
    'You sign this section alone; it then never changes, and you can correct it by a further one. Whether you agree with the consensus you say apart, by co-signing or dissenting.',
  password: 'Your password',
  signed: 'The section is signed.',
  changed: 'The text has changed. Close this, read it again, then sign.',
  password_missing: 'Enter your password.',
  correct: 'Correct',
  absent: 'Did not sign: {{reason}}',
  state_absent: 'Does not sign',
  absent_title: 'An expert does not sign',
  absent_note:
    '{{name}} has not signed a section; the record will say why. Their own signature ends this.',
  absent_why: 'Why',
  wait_again: 'Wait again',
  arrange: 'Make it an MDT',
  change: 'Change the recorder',
  arrange_note:
    'The lead expert chairs it. Every other expert writes and signs a section, and the chair signs the consensus last.',
  recorder_label: 'Recorder (optional)',
  recorder_hint: 'One of the hub’s staff, who writes for the others and does not sign',
  keep: 'Save',
  drop: 'Make it an ordinary consultation',
} satisfies Filled<typeof zh>
