/** What the lead of a round answers, and what becomes of another time that they propose. */
export const rounds_answer = {
  state: { invited: '待答复', accepted: '已接受', proposed: '提议改时间', declined: '已谢绝' },
  do: {
    propose: '提议其他时间',
    accept_old: '仍按原定时间主查',
    take_time: '改到这个时间',
    turn_down: '不改时间',
  },
  done: {
    propose: '已提出，由会诊中心协调员安排；未安排前仍是原定时间。',
    take_time: '已改到主查提议的时间，参加人员会收到通知。',
    turn_down: '已回复，主查按原定时间重新答复。',
  },
  when: '您可以的时间',
  words: '给协调员的话',
  hint: '时长不变。协调员改时间之前，仍按原定时间。',
  needed: '请选择将来的另一个时间。',
  send: '提出',
  waits: '您提议改到 {{when}}，等待会诊中心协调员安排；未安排前仍是原定时间。',
  proposes: '{{who}} 提议改到 {{when}}',
  fits: '主查、管床医师和场所都空；主查不必再答复。',
  passed: '这个时间已过：请说明后不改时间，或另定时间、另定主查。',
  turn_down_hint: '主查会收到您的说明，并按原定时间重新答复。',
  turned_down: '您提议的时间未能安排：{{words}}',
}
