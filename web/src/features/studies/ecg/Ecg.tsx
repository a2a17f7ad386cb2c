/** The electrocardiograms of a series, over the images: read, refused by name, or on paper. */
import { useQuery } from '@tanstack/react-query'
import { Button, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { Notice } from '../../../kit/Notice'
import { differences } from '../../../viewer/dicom/identity'
import { type Dataset, text } from '../../../viewer/dicom/json'
import { FORMS, type Form, GAINS, type Setting, SPEEDS, USUAL } from '../../../viewer/ecg/paper'
import { missingLeads, type Recording, saidBy } from '../../../viewer/ecg/recording'
import { when, who } from '../../../viewer/screen/labels'
import type { ExpectedPatient, StudyRef } from '../../../viewer/types'
import type { StripSeries } from '../SeriesStrip'
import { useWords } from '../words'
import css from './ecg.module.css'
import { Paper } from './Paper'
import { ecgsQuery, recordingQuery } from './queries'

type Props = {
  one: StripSeries
  expected: ExpectedPatient | null
  /** The others do not see it. */
  shared: boolean
  /** Absent where the study has nothing else. */
  onClose: (() => void) | undefined
}

export default function Ecg({ one: { study, series }, expected, shared, onClose }: Props) {
  const { t } = useTranslation()
  const [[at, of], setShown] = useState<readonly [number, number]>([0, 0])
  const [setting, setSetting] = useState<Setting>(USUAL)
  const found = useQuery(ecgsQuery(study, series.uid))
  const ecg = found.data?.[at]
  const group = ecg?.groups[of]
  const read = useQuery(recordingQuery(study, ecg, group))
  const differs = ecg && expected ? differences(ecg.ds, expected) : []
  const broken = found.isError ? found : read.isError ? read : null
  return (
    <section className={css.ecg} aria-label={t('ecg.title')}>
      <div className={css.bar}>
        {onClose && (
          <Button size="small" onClick={onClose}>
            {t('ecg.close')}
          </Button>
        )}
        <Settings {...{ setting, setSetting }} />
        {found.data && (
          <Which ecgs={found.data} at={at} of={of} onChoose={(a, b) => setShown([a, b])} />
        )}
      </div>
      {ecg && <Whose ds={ecg.ds} study={study} />}
      {differs.length > 0 && (
        <Notice tone="stat">
          {t('viewer.not_same_patient')}
          {t('viewer.colon')}
          {differs.map((each) => t(`viewer.differs.${each}`)).join(t('viewer.comma'))}
        </Notice>
      )}
      {shared && <p className={css.line}>{t('ecg.own')}</p>}
      {broken ? (
        <Notice
          tone="urgent"
          action={<Button onClick={() => void broken.refetch()}>{t('ecg.again')}</Button>}
        >
          {t('ecg.failed')}
        </Notice>
      ) : found.data && !group ? (
        <Notice tone="urgent">{t('ecg.cannot', { why: t('ecg.why.none') })}</Notice>
      ) : !read.data ? (
        <div className={css.line} role="status">
          <Spin size="small" /> {t('ecg.reading')}
        </div>
      ) : 'refused' in read.data ? (
        <Notice tone="urgent">{t('ecg.cannot', { why: t(`ecg.why.${read.data.refused}`) })}</Notice>
      ) : (
        <>
          <Paper recording={read.data} setting={setting} />
          <Said recording={read.data} lines={ecg ? saidBy(ecg.ds) : []} />
        </>
      )}
    </section>
  )
}

/** From the file itself, as in the corners of an image. */
function Whose({ ds, study }: { ds: Dataset; study: StudyRef }) {
  const words = useWords()
  const recorded = text(ds, '0008002A')
  const [day, time] = recorded
    ? [recorded.slice(0, 8), recorded.slice(8)]
    : [text(ds, '00080020'), text(ds, '00080030')]
  const lines = [...who(ds, study, words), ...when(day, time, study, words, new Date(serverNow()))]
  return (
    <p className={css.line}>
      {lines
        .filter((line) => line.text !== '')
        .map((line) => (
          <span key={line.text} className={css[line.tone]}>
            {line.text}
          </span>
        ))}
    </p>
  )
}

type Settable = { setting: Setting; setSetting: (setting: Setting) => void }

function Settings({ setting, setSetting }: Settable) {
  const { t } = useTranslation()
  return (
    <>
      <Choice
        label={t('ecg.form')}
        of={FORMS}
        now={setting.form}
        say={(form: Form) => t(`ecg.forms.${form}`)}
        onChoose={(form) => setSetting({ ...setting, form })}
      />
      <Choice
        label={t('ecg.speed')}
        of={SPEEDS}
        now={setting.speed}
        say={(n) => t('ecg.mm_s', { n: String(n) })}
        onChoose={(speed) => setSetting({ ...setting, speed })}
      />
      <Choice
        label={t('ecg.gain')}
        of={GAINS}
        now={setting.gain}
        say={(n) => t('ecg.mm_mv', { n: String(n) })}
        onChoose={(gain) => setSetting({ ...setting, gain })}
      />
    </>
  )
}

type ChoiceProps<T> = {
  label: string
  of: readonly T[]
  now: T
  say: (one: T) => string
  onChoose: (one: T) => void
}

function Choice<T extends string | number>({ label, of, now, say, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset className={css.choice} aria-label={label}>
      {of.map((one) => (
        <button key={one} type="button" aria-pressed={one === now} onClick={() => onChoose(one)}>
          {say(one)}
        </button>
      ))}
    </fieldset>
  )
}

type WhichProps = {
  ecgs: readonly { groups: readonly { derived: boolean; label: string }[] }[]
  at: number
  of: number
  onChoose: (at: number, of: number) => void
}

/** Of several recordings, and of what the device computed of one. */
function Which({ ecgs, at, of, onChoose }: WhichProps) {
  const { t } = useTranslation()
  const all = ecgs.flatMap(({ groups }, a) =>
    groups.map(({ derived }, b) => {
      const kind = t(derived ? 'ecg.derived' : 'ecg.recorded')
      const nth = ecgs.length > 1 ? `${t('ecg.which', { n: String(a + 1) })} ` : ''
      const again = groups.filter((each) => each.derived === derived).length > 1
      return { a, b, word: `${nth}${kind}${again ? ` ${b + 1}` : ''}` }
    }),
  )
  if (all.length < 2) return null
  return (
    <fieldset className={css.choice} aria-label={t('ecg.recorded')}>
      {all.map(({ a, b, word }) => (
        <button
          key={word}
          type="button"
          aria-pressed={a === at && b === of}
          onClick={() => onChoose(a, b)}
        >
          {word}
        </button>
      ))}
    </fieldset>
  )
}

function Said({ recording, lines }: { recording: Recording; lines: readonly string[] }) {
  const { t } = useTranslation()
  const missing = missingLeads(recording)
  const { low, high, notch } = recording.curves[0]?.filters ?? {
    low: null,
    high: null,
    notch: null,
  }
  return (
    <footer className={css.said}>
      {missing.length > 0 && (
        <p className={css.missing}>{t('ecg.missing', { leads: missing.join(' ') })}</p>
      )}
      {low !== null && high !== null && (
        <p className="secondary small">
          {t('ecg.filters', { low: String(low), high: String(high) })}
          {notch ? ` · ${t('ecg.notch', { notch: String(notch) })}` : ''}
        </p>
      )}
      {lines.length > 0 && (
        <p className="secondary small">
          {t('ecg.said')}
          {t('viewer.colon')}
          {lines.join(' · ')}
        </p>
      )}
    </footer>
  )
}
