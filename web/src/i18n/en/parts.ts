/** The parts of the body, as a reading and a rule for readings name them. */
export const parts = {
  head: 'Head',
  neck: 'Neck',
  chest: 'Chest',
  heart: 'Heart',
  abdomen: 'Abdomen',
  pelvis: 'Pelvis',
  spine: 'Spine',
  breast: 'Breast',
  upper_limb: 'Upper limb',
  lower_limb: 'Lower limb',
  whole_body: 'Whole body',
}
