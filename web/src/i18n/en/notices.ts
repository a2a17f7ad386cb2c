import type { Filled } from '../shape'
import type { notices as zh } from '../zh-CN/notices'

export const notices = {
  title: 'Notices',
  bell_zero: 'Notices',
  bell_one: 'Notices, {{count}} new',
  bell_other: 'Notices, {{count}} new',
  none: 'No notices',
  none_hint: 'What is due, late or begins soon appears here.',
  come: 'Something new for you',
  new_tab: 'Links open in a new tab; this page stays open.',
  ended: 'dealt with',
  said: {
    before: '{{what}} is due at {{at}}',
    due: '{{what}} is due ({{at}})',
    after: '{{what}} is late, please see to it (due {{at}})',
  },
  own: {
    critical_value: {
      before: 'A critical finding: please read it back at once',
      due: 'A critical finding: please read it back at once',
      after: 'A critical finding that nobody has read back yet: please do so at once',
    },
    critical_call: {
      before: 'A critical finding must be telephoned',
      due: 'A critical finding was read back wrongly twice: please telephone, and record the call',
      after:
        'A critical finding has still not been read back: please telephone, and record the call',
    },
    meeting: {
      before: 'A consultation begins at {{at}}',
      due: 'A consultation begins now ({{at}})',
      after: 'A consultation has not begun, please see to it ({{at}})',
    },
    readiness: {
      before: 'The readiness of a consultation has open items',
      due: 'A consultation begins soon, and its readiness has open items',
      after: 'A consultation begins soon and its readiness has open items, please see to it',
    },
    signing: {
      before: 'The time for a whole consultation, from request to signature, is over at {{at}}',
      due: 'The time for a whole consultation is over ({{at}}), and its opinion is not signed',
      after:
        'The time for a whole consultation is over ({{at}}), and its opinion is not signed: please see to it',
    },
    expiry: {
      before: 'A returned request expires at {{at}}: complete and submit it before',
      due: 'A returned request has expired ({{at}})',
      after: 'A returned request has expired ({{at}})',
    },
    hold: {
      before: 'The time held for a consultation is released at {{at}}',
      due: 'The time held for a consultation has been released ({{at}})',
      after: 'The time held for a consultation has been released ({{at}})',
    },
    closing: {
      before: 'What is not approved within working hours comes to the duty officer',
      due: 'Working hours are over, and a request waits for approval',
      after: 'A request still waits for approval after hours',
    },
    bedside: {
      before: 'Your accompanying physician is not there yet',
      due: 'A consultation should go on, and your accompanying physician is not there: please call them or name another',
      after: 'Your accompanying physician is still not there: please call them or name another',
    },
    one_sided: {
      before: 'One side of a consultation is not in its room yet',
      due: 'A consultation should have begun ({{at}}): one side waits, the other is missing',
      after: 'One side of a consultation is missing, please see to it ({{at}})',
    },
    ending: {
      before: 'The booked time of a consultation ends at {{at}}',
      due: 'The booked time of a consultation is over ({{at}}), and it cannot be extended',
      after:
        'A consultation is over its booked time ({{at}}): what comes next may be late, please see to it',
    },
    draft: {
      before: 'A draft of a request is discarded at {{at}}; a change keeps it for longer',
      due: 'A draft of a request has been discarded ({{at}})',
      after: 'A draft of a request has been discarded ({{at}})',
    },
    missed: {
      before: 'A consultation has not begun',
      due: 'One side did not come to a consultation: please book another time',
      after: 'One side did not come to a consultation: please book another time',
    },
  },
  relieved: 'Somebody else took over a consultation of yours',
  substituted: 'You stand in at a consultation',
  leads: 'You lead an emergency consultation: please enter its room now',
  elsewhere: 'Your consultation was redirected to another hospital',
  invited: 'You are invited to a consultation: please see and answer',
  called_in: 'You are called in to a consultation: please look now',
  critical_raised: 'A critical finding of a patient of yours: please look at once',
  critical_withdrawn: 'A critical finding was withdrawn as a mistake: please do not act on it',
  reading_together: 'You are invited to read a study together: please see it',
  reading_withdrawn: 'A branch has withdrawn a reading: it need not be read any more',
  report_issued: 'The report of a reading that you requested is there: please see it',
  report_recalled:
    'The images of a report are not this patient’s any more: please do not treat by it',
  report_reinstated: 'The images of a report are this patient’s after all: it holds again',
  report_outgrown:
    'More images came after your report was issued: please look and add to it if needed',
  uninvited: 'You need not come to a consultation any more',
  booked: 'A consultation that you take part in has a time',
  lapsed:
    'The time held has lapsed, as not everybody accepted: it is not held then, and another time is looked for',
  lapsed_centre: 'The time held has lapsed, as not everybody accepted: please book another',
  unaccompanied: 'The accompanying physician cannot come: please name another',
  declined:
    'A request was declined: please see why and what is suggested, and arrange what is needed instead',
  cancelled: 'A consultation that concerns you was cancelled',
  cancelled_centre: 'A consultation of this centre was cancelled',
  no_show:
    'A consultation was not held, as people did not come: if it is still needed, it must be requested again',
  no_show_centre: 'A consultation of this centre was not held, as people did not come',
  expired:
    'A returned request was not completed in time and has expired: if it is still needed, please request it again',
  discarded:
    'A draft of a request was left unchanged and has been discarded: if it is still needed, please begin anew',
  meets: 'planned for {{at}}',
  is_at: 'at {{at}}',
  of: {
    approval: 'Approval',
    completion: 'Completing the request',
    stat_completion: 'Completing an emergency request',
    acceptance: 'Acceptance',
    arrangement: 'Arranging the consultation',
    resumption: 'An interrupted consultation',
    opinion: 'The opinion',
    feedback: 'Answering the opinion',
    execution: 'Carrying out the advice',
    archiving: 'Archiving',
    naming: 'Naming the lead expert',
    consent_approval: 'Approving an emergency without consent',
    accompanying: 'Naming another accompanying physician',
    papers: 'The paper of a consent',
    renewal: 'Taking a withdrawn consent anew, or cancelling',
    images: 'Uploading images',
    identity: 'Confirming whose images are',
    counts: 'Confirming that images are complete',
    holidays: 'Entering public holidays and make-up days',
    registration: 'Renewing a registration',
    confirm_role: 'Confirming a role',
    roster_gap: 'Filling a gap of a roster',
    desk: 'The report of a reading',
    sending_again: 'Seeing to a reading that came back',
    critical_action: 'Acting on a critical finding, and closing it',
    break_glass: 'Reviewing a break-glass',
    device: 'Answering a device that calls',
    reassessment: 'Reassessing an opinion',
    recall: 'Taking note that an opinion must not be relied on',
  },
} satisfies Filled<typeof zh>
