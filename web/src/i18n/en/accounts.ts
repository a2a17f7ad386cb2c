import type { Filled } from '../shape'
import type { accounts as zh } from '../zh-CN/accounts'

export const accounts = {
  list: 'Locked accounts',
  list_note: 'Five wrong tries lock an account for 15 minutes',
  find: 'Find an account',
  find_hint: 'User name, name or pinyin',
  nobody: 'No such account',
  nobody_hint: 'Only accounts of your hospital are found; try the user name, name or pinyin.',
  none_locked: 'No account is locked',
  none_locked_hint: 'To reset somebody’s second step, find them by name or user name first.',
  locked: 'Locked until {{at}}',
  disabled: 'Disabled',
  factor: 'second step set up',
  no_factor: 'no second step',
  no_password: 'no password yet',
  one_time: 'one-time password valid until {{at}}',
  unlock: 'Unlock',
  unlock_whom: 'Unlock: {{name}}',
  unlocked: 'The account of {{name}} is unlocked',
  lost: 'Reset second step',
  lost_whom: 'Reset second step: {{name}}',
  lost_hint:
    'First make sure, face to face or by telephone, that it is them. The phone and recovery codes of {{name}} will be worth nothing and all their sign-ins end; they will read who reset it and when.',
  reset_done: 'The second step of {{name}} is reset',
  policy: 'Account rules',
  policy_note: 'For accounts of this hospital; from the next password and the next sign-in on',
  length: 'Password length',
  length_hint: '8 to 64 characters at least',
  history: 'Not used again',
  history_hint: 'How many of the last passwords; 0: only the present one',
  expires_days: 'Password lasts (days)',
  expires_days_hint: '0: for ever',
  roles: 'Roles that need a second step',
  roles_hint: 'Wherever they sign in; who has not set it up does so when signing in.',
  networks: 'Networks of the hospital',
  networks_hint:
    'One per line, for example 10.0.0.0/8; whoever signs in from elsewhere needs a second step, set up before inside or by a one-time password. Empty: no difference is made. Your address now: {{address}}',
  networks_on:
    'Once saved, whoever signs in from elsewhere needs a second step. Make sure first that no network is missing.',
  save: 'Save',
  saved: 'The account rules are saved',
} satisfies Filled<typeof zh>
