/** What a reviewer changes of a report, until it is issued. If the report moves on under it, because a colleague was
 *  faster or its author took it back, it is kept, to be copied. */
import { useState } from 'react'
import { same } from '../../kit/unsent/text'
import type { Image } from '../keyImages/image'
import type { Reading, Report } from './queries'
import { imagesOf, PARTS, type Texts, textOf } from './reportDraft'
import { may } from './useDeskActs'

/** `images`: null as long as they are as they came. */
export type Typed = { of: number; text: Texts; images: Image[] | null }

export function useReview(reading: Reading) {
  const [typed, setTyped] = useState<Typed | null>(null)
  const { report } = reading
  const version = report?.version ?? 0
  const current = typed?.of === version && may(reading, 'issue') ? typed : null
  const change = (report: Report, { text, images }: Omit<Typed, 'of'>) => {
    const came = textOf(report)
    const kept = images && same(images, imagesOf(report)) ? null : images
    const changed = kept !== null || PARTS.some((part) => text[part] !== came[part])
    setTyped(changed ? { of: report.version, text, images: kept } : null)
  }
  return {
    typed: current,
    change,
    /** What was typed of a report that can no longer be reviewed as it was. */
    late: current ? null : typed,
    drop: () => setTyped(null),
  }
}
