/** Another time for something, and what is in its way; on the pages of rounds and of the calendar. */
export const timing = {
  new_time: '新的时间',
  minutes: '时长（分钟）',
  time_needed: '请选择新的时间。',
  taken: '以下安排占用了这个时间：',
  clash: '{{name}} {{time}} 已有{{what}}',
  clash_by: '{{clash}} · {{by}} 预约',
  limits: {
    title: '该时间受限，要仍用这个时间请写明理由：',
    why: '理由',
    why_hint: '随预约保存，记入审计日志。',
    why_needed: '请写明理由，或另选时间。',
    of: {
      hours: '{{name}}：{{time}} 不在其工作时段内',
      buffer: '{{name}}：与 {{time}} 的安排相隔不足 {{minutes}} 分钟',
      tele: '{{name}}：{{time}} 为远程专用时段',
      places: '{{name}}：可坐 {{places}} 人，本次到场 {{people}} 人',
    },
  },
} as const
