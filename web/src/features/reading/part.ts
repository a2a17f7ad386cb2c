/** Which part of the body a study is of, as far as its name says; the person who requests it may change it. */
import type { Row } from './queries'

const WORDS: readonly (readonly [RegExp, Row['part']])[] = [
  [/冠状动脉|心脏|超声心动|heart|cardiac|coronary/i, 'heart'],
  [/头|颅|脑|head|brain|skull/i, 'head'],
  [/颈椎|胸椎|腰椎|脊柱|spine/i, 'spine'],
  [/颈|neck/i, 'neck'],
  [/乳腺|breast/i, 'breast'],
  [/全身|whole/i, 'whole_body'],
  [/胸|肺|主动脉|chest|lung|aort/i, 'chest'],
  [/盆|前列腺|pelvi|prostat/i, 'pelvis'],
  [/腹|肝|胰|肾|abdom|liver|pancrea/i, 'abdomen'],
  [/肩|肘|腕|手|上肢|shoulder|elbow|wrist|hand/i, 'upper_limb'],
  [/髋|膝|踝|足|小腿|下肢|hip|knee|ankle|foot|leg/i, 'lower_limb'],
]

export const partOf = (name: string): Row['part'] | null =>
  WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? null

const SIDES: readonly (readonly [RegExp, Row['side']])[] = [
  [/双|bilateral|both/i, 'both'],
  [/左|\bleft\b/i, 'left'],
  [/右|\bright\b/i, 'right'],
]

export const sideOf = (name: string): Row['side'] =>
  SIDES.find(([pattern]) => pattern.test(name))?.[1] ?? 'none'
