/** The parts of the body, as a reading and a rule for readings name them. */
export const parts = {
  head: '头部',
  neck: '颈部',
  chest: '胸部',
  heart: '心脏',
  abdomen: '腹部',
  pelvis: '盆腔',
  spine: '脊柱',
  breast: '乳腺',
  upper_limb: '上肢',
  lower_limb: '下肢',
  whole_body: '全身',
}
