/** Which part of the body a study is of, as far as its name says; the person who requests it may change it. */
import type { Row } from './queries'

// In this order, and a word that was taken counts for no later part, as in telemed/reading/priors.py.
const WORDS: readonly (readonly [RegExp, Row['part'] | null])[] = [
  [/手术|术[前后中]/g, null],
  [/股骨[头颈]|femoral (?:head|neck)/gi, 'lower_limb'],
  [/[肱桡]骨[头颈]|(?:humeral|radial) (?:head|neck)/gi, 'upper_limb'],
  [/胰头|腹主动脉|head of pancreas|pancreatic head|abdominal aort\w*/gi, 'abdomen'],
  [/宫颈|cervix|前列腺/gi, 'pelvis'],
  [/冠状动脉|冠脉|心脏|超声心动|heart|cardiac|coronary/gi, 'heart'],
  [/头|颅|脑|\bhead\b|brain|skull/gi, 'head'],
  [/[颈胸腰]椎|脊柱|spine/gi, 'spine'],
  [/颈|\bneck\b/gi, 'neck'],
  [/乳腺|breast/gi, 'breast'],
  [/全身|whole.?body/gi, 'whole_body'],
  [/胸|肺|主动脉|chest|lung|aort/gi, 'chest'],
  [/盆|pelvi|prostat/gi, 'pelvis'],
  [/腹|肝|胰|肾|abdom|liver|pancrea/gi, 'abdomen'],
  [/肩|肘|腕|手|上肢|shoulder|elbow|wrist|\bhand/gi, 'upper_limb'],
  [/髋|膝|踝|足|小腿|下肢|\bhips?\b|knee|ankle|\bfoot\b|\bfeet\b|\blegs?\b/gi, 'lower_limb'],
]

/** The first that it says. */
export function partOf(name: string): Row['part'] | null {
  let left = name
  for (const [pattern, part] of WORDS) {
    const rest = left.replace(pattern, ' ')
    if (rest !== left && part) return part
    left = rest
  }
  return null
}

// 双源, 双能, 双期, 双低 and their like are ways to examine, not sides; as in telemed/reading/sides.py.
const SIDES: readonly (readonly [RegExp, Row['side']])[] = [
  [/双(?![源能期时低参回平腔球探重对模排J])|bilateral|both/i, 'both'],
  [/左|\bleft\b/i, 'left'],
  [/右|\bright\b/i, 'right'],
]

const OF_IMAGES: Readonly<Record<string, Row['side']>> = { R: 'right', L: 'left', B: 'both' }

type Sided = { description: string; laterality: string }

/** The side that the study's name says, else its images. */
export const sideOf = ({ description, laterality }: Sided): Row['side'] =>
  SIDES.find(([pattern]) => pattern.test(description))?.[1] ?? OF_IMAGES[laterality] ?? 'none'

/** The side that the images are of, if it is the other one. */
export function otherSide(side: Row['side'], laterality: string): Row['side'] | null {
  const images = OF_IMAGES[laterality]
  const opposed = side === 'left' ? 'right' : side === 'right' ? 'left' : null
  return images && images === opposed ? images : null
}
