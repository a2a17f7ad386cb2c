/** The images of a reading with its priors, beside the report or in a window of their own. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../kit/EmptyState'
import { paths } from '../../paths'
import type { Cited, KeyImage } from '../../viewer/types'
import { hangingFor } from '../studies/hanging'
import { expectedOf } from '../studies/ofConsultation'
import StudyPanel from '../studies/StudyPanel'
import css from './onePage.module.css'
import type { Reading } from './queries'
import { useReadingStudies } from './useReadingStudies'

/** Moves the images to a window of their own, and back. */
export const POP_OUT_KEY = 'Alt W'

type Props = {
  reading: Reading
  onCite: ((cited: Cited) => void) | undefined
  onKeyImage: ((image: KeyImage) => Promise<void>) | undefined
  onSharp: (sharp: boolean) => void
  /** Absent where they are in a window of their own. */
  onPopOut?: () => void
}

function Recalled() {
  const { t } = useTranslation()
  return (
    <div className={css.none}>
      <EmptyState title={t('reading.recalled')} hint={t('reading_flagged.images_gone')} />
    </div>
  )
}

export function ReadingImages({ reading, ...does }: Props) {
  const studies = useReadingStudies(reading)
  const patient = useMemo(() => expectedOf(reading.identity), [reading.identity])
  const mpr = useMemo(() => ({ to: paths.readingMpr(reading.id), apart: true }), [reading.id])
  if (reading.recalled) return <Recalled />
  return (
    <StudyPanel
      studies={studies}
      expected={patient}
      keysAtOnce
      hanging={hangingFor(reading.modality, studies.length > 1)}
      mpr={mpr}
      popOutKey={POP_OUT_KEY}
      {...does}
    />
  )
}
