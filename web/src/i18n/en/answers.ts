import type { Filled } from '../shape'
import type { answers as zh } from '../zh-CN/answers'

export const answers = {
  title: 'Cannot come then: {{who}}',
  how: 'Your answer',
  choice: { proposed: 'Another time', declined: 'Decline' },
  when: 'When you can',
  future: 'Please choose a time to come.',
  words: 'Words to the coordinator',
  why: 'Why you cannot come',
  confirm: { proposed: 'Propose', declined: 'Decline' },
  panel: 'Answers to the invitation',
  cannot: '{{who}} cannot come: {{words}}',
  instead: 'Of the same specialty, at least the title, and free then:',
  take: 'Ask {{who}} instead',
  nobody: 'Nobody of the specialty and at least the title is free then; look for another time.',
  branch: 'The branch is asked to send another accompanying physician.',
  proposes: '{{who}} proposes {{when}}',
  proposes_for: '{{who}} proposes {{when}}: {{words}}',
  fits: 'The others and a room are free; who proposed it need not answer again.',
  in_way: '{{who}} has {{what}}',
  no_room: 'No room is free then.',
  move: 'Move to this time',
  asked: 'Asked instead; the invitation is sent',
  moved: 'Moved; invitations are sent',
  // The dialog that names a substitute.
  replace: {
    now: 'Now: {{who}}',
    by: 'Who stands in',
    confirm: 'Replace',
    lacks: 'Choose who stands in, and the reason.',
    agreed: 'They have agreed to come at the booked time',
    asked: 'If not ticked, the time stands once they have accepted the invitation.',
    called:
      'It should have begun, and the time stands: who stands in is told at once and can join right away.',
    draft:
      'The new lead expert goes on with the draft or begins anew; who wrote it can still read it.',
    signed:
      'The signed opinion stays as it is; the new expert reassesses it and signs the amendment under their own name.',
    meeting:
      'Until they are in the room the consultation is interrupted; then it goes on by itself.',
  },
} satisfies Filled<typeof zh>
