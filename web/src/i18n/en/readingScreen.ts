import type { Filled } from '../shape'
import type { reading_screen as zh } from '../zh-CN/readingScreen'

/** The images of a reading in a window of their own. */
export const reading_screen = {
  apart: 'Images are in their own window',
  sharp: 'All in full quality',
  reading: 'Still loading: submit once they are sharp',
  not_yet: 'The window does not show this patient’s images yet',
  back: 'Bring back here',
  to_report: 'Back to the report',
  focus: 'Go to the images',
  blocked:
    'The browser blocked the images’ window. Allow pop-ups of this site by the icon at the right of the address bar, then press “Own window” (Alt W) again.',
  keys: {
    back: 'Images back here, or to a window of their own',
    template: 'Apply the template',
    phrases: 'Phrases',
    slot: 'Next blank or choice',
    submit: 'Submit for review',
    next: 'Take the next one (once this one is done)',
    help: 'Shortcuts',
  },
  keys_there: 'Keys for the images: press ? in their window',
  nothing: {
    none: 'No reading is open',
    waiting: 'Waiting for the report’s page',
    alone: 'Open this window from a reading',
    stranger: 'Somebody else has signed in: the images are closed',
    ended: 'Your session has ended: the images are closed',
    gone: 'This reading is no longer open to you: the images are closed',
  },
  nothing_hint: {
    none: 'Open a reading on the report’s page, and its images appear here.',
    waiting:
      'The report’s page is loading or has left the reading; once it is back, so are the images.',
    alone: 'Open a reading and press “Own window” (Alt W): its images appear here.',
    stranger: 'Close this window, and open it again from a reading.',
    ended: 'Sign in again.',
    gone: 'The branch has withdrawn the request, or the time for reading it is over.',
  },
} satisfies Filled<typeof zh>
