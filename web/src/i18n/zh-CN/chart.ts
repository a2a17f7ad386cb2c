/** What hospital systems said of a patient. */
export const chart = {
  read: '{{system}} · {{at}} 读取',
  which:
    '这里的值由医院系统读入，随每次读取更新。申请单中的体征与检验由申请医师填写，保留在会诊资料中，不受这里影响。',
  since: '只显示 {{at}} 以后测得的值：其他医院的医师查看本次住院，不查看以往病史。',
  silent: '{{system}}最近一次没有应答；以下为此前读到的值。',
  silent_heard: '{{system}}最近一次没有应答（{{at}} 曾应答）；以下为此前读到的值。',
  vitals: '生命体征',
  tests: '检验',
  orders: '执行中的医嘱',
  reference: '参考 {{range}}',
  began: '{{at}} 开始',
  older_other: '此前 {{count}} 次',
  none: '没有读到体征、检验和医嘱',
  none_hint: '{{system}}中没有这位患者的记录，或没有提供这些内容。',
  none_since: '{{at}} 以后没有读到体征、检验和医嘱',
  no_system: '{{hospital}}未接入医院系统',
  no_system_hint: '体征与检验以申请单所填为准，需要时请申请医师补充。',
  not_read: '尚未从{{system}}读取这位患者',
  not_read_hint: '在会诊申请单中按住院号或门诊号读取后，这里会显示。',
}
