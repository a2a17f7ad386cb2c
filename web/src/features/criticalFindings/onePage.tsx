/** One critical finding: whose, what, who was told and what they said; and what this person may do about it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { numberOf } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import css from './critical.module.css'
import { ActDialog, ReadBackDialog, TellDialog, WithdrawDialog } from './Dialogs'
import { close, type Finding, findingQuery, may } from './queries'
import { Answers, Called } from './Told'
import { useFindingWords } from './words'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={findingQuery(id)}
      what={t('critical.title')}
      skeleton={<PanelSkeleton rows={8} />}
    >
      {(finding) => <One key={id} finding={finding} />}
    </Loaded>
  )
}

function One({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { identity } = finding
  return (
    <>
      <PatientBanner
        patient={{
          ...identity,
          number: numberOf(identity),
          place: { ...identity, hospital: hospital(identity.hospital_id) },
        }}
      />
      <PageHead
        title={t('critical.title')}
        note={
          <Link className="target" to={paths.criticalFindings()}>
            {t('critical.register')}
          </Link>
        }
      />
      <div className={css.page}>
        {finding.recalled && <Notice tone="stat">{t('critical.recalled')}</Notice>}
        <NextStep finding={finding} />
        {finding.printed && <Notice tone="urgent">{t('critical.printed')}</Notice>}
        {finding.withdrawn_at && <OnlyTelephoned finding={finding} />}
        <Facts finding={finding} />
        <Answers finding={finding} />
        <Called finding={finding} />
      </div>
    </>
  )
}

/** Who only answered a telephone hears of nothing here. */
function OnlyTelephoned({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const calls = finding.told.filter(({ how }) => how === 'telephone')
  const people = new Set(
    calls.map(({ name, number, phone }) => [name, number, phone].filter(Boolean).join(' ')),
  )
  if (people.size === 0) return null
  return (
    <Notice tone="urgent">
      {t('critical.only_telephoned', { people: [...people].join(t('critical.and')) })}
    </Notice>
  )
}

type Asking = 'read_back' | 'tell' | 'act' | 'withdraw'

function NextStep({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Asking | null>(null)
  const closing = useAct({
    run: () => close(finding),
    changes: { critical_finding: finding.id, work: finding.id },
    done: t('critical.done.close'),
  })
  const done = () => setAsking(null)
  const { state, must_telephone } = finding
  const tone = state === 'closed' ? 'done' : state === 'notifying' ? 'stat' : 'urgent'
  return (
    <>
      <Notice
        tone={tone}
        action={
          <span className={css.acts}>
            {may(finding, 'withdraw') && (
              <Button onClick={() => setAsking('withdraw')}>{t('critical.do.withdraw')}…</Button>
            )}
            {may(finding, 'tell') && (
              <Button onClick={() => setAsking('tell')}>{t('critical.do.tell')}…</Button>
            )}
            {may(finding, 'read_back') && (
              <Button type="primary" onClick={() => setAsking('read_back')}>
                {t('critical.do.read_back')}…
              </Button>
            )}
            {may(finding, 'act') && (
              <Button type="primary" onClick={() => setAsking('act')}>
                {t('critical.do.act')}…
              </Button>
            )}
            {may(finding, 'close') && (
              <Button type="primary" loading={closing.isPending} onClick={() => closing.mutate()}>
                {t('critical.do.close')}
              </Button>
            )}
          </span>
        }
      >
        <b>{must_telephone ? t('critical.must_telephone') : t(`critical.state.${state}`)}</b>{' '}
        {t(`critical.next.${must_telephone ? 'telephone' : state}`)}
      </Notice>
      {asking === 'read_back' && <ReadBackDialog row={finding} onClose={done} />}
      {asking === 'tell' && <TellDialog row={finding} onClose={done} />}
      {asking === 'act' && <ActDialog row={finding} onClose={done} />}
      {asking === 'withdraw' && <WithdrawDialog row={finding} onClose={done} />}
    </>
  )
}

function Facts({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const words = useFindingWords()
  const { dateTime } = useFormat()
  const { withTitle, hospital } = usePeopleWords()
  const { found_by, withdrawn_at: at, withdrawn_by: by } = finding
  const struck = (text: string) => (at ? <del>{text}</del> : text)
  const finder = [withTitle(found_by), hospital(found_by.hospital_id), found_by.phone]
  const facts = [
    [t('critical.finding'), struck(words.word(finding.finding))],
    [t('critical.value'), struck(words.value(finding))],
    [t('critical.examination'), finding.examination],
    [t('critical.where'), words.place(finding)],
    [t('critical.found_at'), dateTime(finding.found_at)],
    [t('critical.found_by'), finder.filter(Boolean).join(' · ')],
    [t('critical.read_back_at'), finding.read_back_at && dateTime(finding.read_back_at)],
    [
      t('critical.informed'),
      finding.informed_at && `${finding.doctor} · ${dateTime(finding.informed_at)}`,
    ],
    [t('critical.action'), finding.acted_at && `${finding.action} · ${dateTime(finding.acted_at)}`],
    [t('critical.closed_at'), finding.closed_at && dateTime(finding.closed_at)],
    [t('critical.withdrawn'), at && by && `${withTitle(by)} · ${dateTime(at)}`],
    [t('critical.withdraw_why'), finding.withdrawn_words],
  ] as const
  return (
    <Panel
      title={t('critical.record')}
      extra={
        <Link className="target" to={paths.reading(finding.reading_id)}>
          {t('critical.to_reading')}
        </Link>
      }
    >
      <dl className={css.facts}>
        {facts.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt className="secondary">{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Panel>
  )
}
