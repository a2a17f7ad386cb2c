/** The reconstruction of one series: while it is read its progress, then its planes; or why there are none. */
import { Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Notice } from '../../kit/Notice'
import { differences } from '../../viewer/dicom/identity'
import type { Volume } from '../../viewer/mpr/volume'
import type { ExpectedPatient, StudyRef } from '../../viewer/types'
import css from './mpr.module.css'
import { Planes } from './Planes'
import { useVolume } from './useVolume'

type Props = {
  studies: readonly StudyRef[]
  expected: ExpectedPatient | null
  onBack: () => void
}

/** Of the study in the address, if it is one that may be seen here. */
export function Mpr({ studies, expected, onBack }: Props) {
  const { t } = useTranslation()
  const [asked] = useSearchParams()
  const [hospital, uid] = [asked.get('hospital'), asked.get('study')]
  const series = asked.get('series') ?? ''
  const study = studies.find((one) => one.uid === uid && (!hospital || one.hospital === hospital))
  if (!study || !series) return <Said tone="urgent">{t('mpr.no_study')}</Said>
  return (
    <OfSeries
      key={`${study.hospital}/${study.uid}/${series}`}
      {...{ study, series, expected, onBack }}
    />
  )
}

type OfSeriesProps = Omit<Props, 'studies'> & { study: StudyRef; series: string }

function OfSeries({ study, series, expected, onBack }: OfSeriesProps) {
  const { t } = useTranslation()
  const { opening, again } = useVolume(study, series)
  switch (opening.at) {
    case 'reading':
      return <Arriving {...opening} />
    case 'refused':
      return (
        <Said tone="urgent" action={<Button onClick={onBack}>{t('mpr.back')}</Button>}>
          {t('mpr.cannot', { why: t(`mpr.why.${opening.why}`) })}
        </Said>
      )
    case 'failed':
      return (
        <Said tone="stat" action={<Button onClick={again}>{t('mpr.again')}</Button>}>
          {opening.slice === null
            ? t('mpr.no_list')
            : t('mpr.no_slice', { n: String(opening.slice) })}
        </Said>
      )
    case 'ready':
      return (
        <>
          <Doubts
            {...{ study, expected, again }}
            volume={opening.volume}
            received={opening.received}
          />
          <Planes {...{ study, onBack }} volume={opening.volume} />
        </>
      )
  }
}

function Arriving({ arrived, of }: { arrived: number; of: number | null }) {
  const { t } = useTranslation()
  const percent = of ? Math.floor((100 * arrived) / of) : 0
  return (
    <div className={css.arriving}>
      <Progress percent={percent} showInfo={false} aria-label={t('mpr.title')} />
      <p role="status">
        {of === null ? t('mpr.list') : t('mpr.arriving', { n: String(arrived), total: String(of) })}
      </p>
      <p className="secondary small">{t('mpr.arriving_hint')}</p>
    </div>
  )
}

type SaidProps = { tone: 'urgent' | 'stat'; action?: React.ReactNode; children: string }

const Said = ({ tone, action, children }: SaidProps) => (
  <div className={css.arriving}>
    <Notice tone={tone} action={action}>
      {children}
    </Notice>
  </div>
)

type DoubtsProps = {
  study: StudyRef
  expected: ExpectedPatient | null
  volume: Volume
  /** How many images the study had when the volume was read. */
  received: number | undefined
  again: () => void
}

/** What must be known of the volume: it is somebody else's, not the whole, or has been added to. */
function Doubts({ study, expected, volume, received, again }: DoubtsProps) {
  const { t } = useTranslation()
  const first = volume.frames[0]
  const found = expected && first ? differences(first.instance.ds, expected) : []
  const { incomplete } = study
  return (
    <>
      {found.length > 0 && (
        <Notice tone="stat">
          {t('viewer.not_same_patient')}
          {t('viewer.colon')}
          {found.map((one) => t(`viewer.differs.${one}`)).join(t('viewer.comma'))}
        </Notice>
      )}
      {incomplete && (
        <Notice tone="urgent">
          {t('viewer.incomplete', {
            here: String(incomplete.received),
            expected: String(incomplete.expected),
          })}
        </Notice>
      )}
      {received !== study.received && (
        <Notice tone="urgent" action={<Button onClick={again}>{t('mpr.reread')}</Button>}>
          {t('mpr.grown')}
        </Notice>
      )}
    </>
  )
}
