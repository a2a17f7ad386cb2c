/** The images of one bed in the viewer; in the room they stay in step with whoever shows them. */
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpectedPatient, StudyRef } from '../../../viewer/types'
import { useSharing } from '../../room/pictures/useSharing'
import { StudySkeleton } from '../../studies/StudySkeleton'
import css from './bed.module.css'
import { useLive } from './context'
import type { Bed, Item } from './queries'
import { useBedStudies } from './useBedStudies'
import { type Inside, useMeeting } from './useInside'

const StudyPanel = lazy(() => import('../../studies/StudyPanel'))

type Props = {
  patient: NonNullable<Item['patient']>
  bed: Bed
  inside: Inside | null
  onClose: () => void
}

const SEX = { male: 'M', female: 'F', unknown: null } as const

export function Viewed({ patient, bed, inside, onClose }: Props) {
  const { t } = useTranslation()
  const studies = useBedStudies(bed)
  const { name, pinyin, sex } = patient
  // The list knows the number of the stay, which images do not carry.
  const expected = useMemo<ExpectedPatient>(
    () => ({ name, pinyin, sex: SEX[sex], identifiers: [] }),
    [name, pinyin, sex],
  )
  const shown = { studies, expected }
  return (
    <section className={css.viewed} aria-label={t('rounds_live.images.title')}>
      <header>
        <span>{t('rounds_live.images.of', { bed: bed.item.bed })}</span>
        <Button className="push" size="small" onClick={onClose}>
          {t('rounds_live.images.close')} <kbd>V</kbd>
        </Button>
      </header>
      <div className={css.viewer}>
        <Suspense fallback={<StudySkeleton shared />}>
          {inside?.state.phase === 'in' ? (
            <Shared {...shown} inside={inside} />
          ) : (
            <StudyPanel {...shown} keysAtOnce />
          )}
        </Suspense>
      </div>
    </section>
  )
}

type Shown = { studies: StudyRef[]; expected: ExpectedPatient }

function Shared({ studies, expected, inside }: Shown & { inside: Inside }) {
  const { call, state } = inside
  const { round, is } = useLive()
  const meeting = useMeeting(round)
  // The images of other beds are open in the room too: of those of this bed alone something is shown.
  const here = useMemo(
    () => ({
      ...state,
      studies: state.studies.filter((scope) =>
        studies.some(({ hospital, uid }) => scope === `${hospital}/${uid}`),
      ),
    }),
    [state, studies],
  )
  const sharing = useSharing(call, here, studies, meeting, is('lead') && state.linked)
  // With the bed its images go from every screen.
  useEffect(
    () => () => {
      const { presenter, self } = call.store.get()
      if (presenter !== null && presenter === self) call.stage.release()
    },
    [call],
  )
  return <StudyPanel studies={studies} expected={expected} sharing={sharing} keysAtOnce />
}
