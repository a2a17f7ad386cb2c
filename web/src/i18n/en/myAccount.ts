import type { Filled } from '../shape'
import type { myAccount as zh } from '../zh-CN/myAccount'

export const myAccount = {
  title: 'My account',
  note: 'Your password, and where this account is signed in',
  password: 'Password',
  since: 'In use since {{date}}',
  current: 'Current password',
  current_needed: 'Please enter your current password.',
  first: 'New password',
  password_hint: 'At least {{least}} characters; not your name, user name or a common password',
  again: 'The same again',
  change: 'Change password',
  changed: 'Password changed; you are signed out everywhere else',
  sign_ins: 'Where you are signed in',
  sign_ins_note: 'If you do not know one of them, sign it out and change your password',
  here: 'This device',
  no_browser: 'Unknown browser',
  token: 'Issued at the command line',
  from: 'Signed in {{at}}',
  seen: 'last used {{at}}',
  end: 'Sign out',
  end_at: 'Sign out: {{what}}',
  end_others: 'Sign out everywhere else',
  ended: 'Signed out',
} satisfies Filled<typeof zh>
