export const search = {
  title: '查找',
  open: '查找',
  open_hint: '查找（/ 或 Ctrl+K）',
  label: '查找患者、会诊、人员或页面',
  placeholder: '姓名、拼音、住院号、会诊编号或页面名',
  found: '查找结果',
  their_cases: '查看其会诊',
  group: { cases: '会诊', patients: '本院患者', people: '人员', pages: '页面' },
  state: {
    keys: '↑ ↓ 选择，回车打开，Esc 关闭。查找会记入审计日志。',
    busy: '正在查找…',
    none: '没有找到您可以查看的内容。',
    failed: '查找没有成功，请稍后再试。',
  },
} as const
