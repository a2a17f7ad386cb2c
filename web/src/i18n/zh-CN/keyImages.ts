/** 关键影像, of an opinion or a report. */
export const key_images = {
  title: '关键影像',
  none: '看影像时按 K 键或点「关键影像」，即可收入当前画面。',
  image: '图 {{n}}',
  place: '序列 {{series}} · {{place}}',
  note: '图 {{n}} 说明',
  part: '图 {{n}} 部位',
  side_of: '图 {{n}} 侧别',
  earlier: '图 {{n}} 前移',
  later: '图 {{n}} 后移',
  remove: '移除图 {{n}}',
  side: { left: '左侧', right: '右侧', both: '双侧', none: '不分侧' },
  side_hint: '侧别',
  note_hint: '备注',
  part_hint: '部位',
}
