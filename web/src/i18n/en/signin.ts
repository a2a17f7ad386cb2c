import type { Filled } from '../shape'
import type { signin as zh } from '../zh-CN/signin'

export const signin = {
  title: 'Sign in',
  system: 'The system',
  promise: 'You are at the branch.\nThe hub’s experts are beside you.',
  services: 'Consultation · shared images · advice carried out',
  branch: 'Wuxi branch',
  hub: 'Ruijin Hospital',
  username: 'User name',
  password: 'Password',
  submit: 'Sign in',
  empty: 'Please enter your user name and password.',
  wrong: 'User name or password is wrong. Please try again.',
  forgotten: 'Password forgotten or account locked: ask your hospital’s administrator',
  demo: 'Demo system',
  demo_hint: 'All patients and staff are invented. Do not enter real data.',
  demo_accounts: 'Accounts and passwords are shown in the window that started it.',
  check: 'Browser check',
  check_ok: 'Fine',
  check_bad: 'Needs attention',
  camera: {
    ok: 'camera and microphone can be used',
    insecure:
      'this address is not secure (https), so the browser blocks the camera; use the https address',
    missing: 'this browser cannot use a camera; use Chrome, Edge or Firefox',
  },
  clock_ok: 'clock {{seconds}} s off',
  clock_bad: 'this computer’s clock is {{seconds}} s off, please correct it',
  trouble: 'If the system does not open, call the coordination centre: {{phone}}.',
  again: 'Please sign in again',
  again_hint: '{{name}}, your session has ended. What you typed on this page is still here.',
  leave: 'Use another account (leave this page)',
} satisfies Filled<typeof zh>
