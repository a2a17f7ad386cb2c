import type { Filled } from '../shape'
import type { account as zh } from '../zh-CN/account'

export const account = {
  help: 'Help',
  keys: 'Keyboard shortcuts',
  about: 'About',
  call: 'Anything else: call the coordination centre at',
  helps: {
    case: {
      when: 'How far has a consultation come?',
      do: 'Open it: its head shows the ten steps, whom it waits for, and until when.',
    },
    call: {
      when: 'You do not hear or see the other side',
      do: 'Change camera, microphone and loudspeaker in the room’s device check. A lost connection comes back by itself.',
    },
    images: {
      when: 'Images do not appear',
      do: 'Images whose identity differs from the record are not shown until a radiographer has confirmed them under “Image check”.',
    },
    account: {
      when: 'A forgotten password, or other rights needed',
      do: 'Ask your hospital’s administrator.',
    },
  },
  key: {
    search: 'search',
    keys: 'these shortcuts',
    next: 'next button or field',
    close: 'close a window',
  },
  viewer_keys: 'The image viewer has keys of its own: press ? on the image.',
  version: 'version {{version}}',
  intended:
    'Intended use: remote consultations between doctors of the hub and its branches: request, booking, call, reading images together, opinion and answer.',
  not_for:
    'An opinion is no order: the branch’s doctor decides whether to adopt it, and prescribes. A screen that is not calibrated is not for diagnosis on images.',
  hints: 'Hints',
  hint: {
    search: 'Press / or Ctrl+K to find patients, consultations and colleagues.',
    search_touched: 'The magnifying glass above finds patients, consultations and colleagues.',
    preview: 'Click the text of a work item to look before you act.',
    menu: 'Help and shortcuts are under your name at the top right.',
  },
  hints_seen: 'Got it',
} satisfies Filled<typeof zh>
