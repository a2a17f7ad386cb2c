/** 离开前的询问。 */
export const unsaved = {
  title: '还有未保存的改动',
  text: '离开后，刚才的改动不会保留。',
  leave: '不保存并离开',
  stay: '留在这里',
  drop: '放弃改动',
}
