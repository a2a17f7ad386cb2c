/** One that was opened: by whom, why and what was read; and what the medical office says of it. */
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Field } from '../../kit/Field'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import css from './breakGlass.module.css'
import { type Review, reviewQuery } from './queries'

export function ReviewPage({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <>
      <PageHead
        title={t('break_glass.review')}
        note={
          <Link className="target" to={paths.breakGlasses()}>
            {t('break_glass.reviews')}
          </Link>
        }
      />
      <div className={css.page}>
        <Loaded
          query={reviewQuery(id)}
          what={t('break_glass.review')}
          skeleton={<PanelSkeleton rows={8} />}
        >
          {(one) => (
            <>
              <Facts one={one} />
              <Read one={one} />
              {one.verdict ? <Said one={one} /> : <Judge one={one} />}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function Facts({ one }: { one: Review }) {
  const { t } = useTranslation()
  const { withTitle, hospital, named } = usePeopleWords()
  const { name } = usePatientWords()
  const { moment } = useFormat()
  const { by } = one
  const department = named({ name: by.department, name_en: by.department_en })
  const facts = [
    [t('break_glass.patient'), name({ name: one.patient_name, pinyin: one.patient_pinyin })],
    [
      t('break_glass.who'),
      [withTitle(by), hospital(by.hospital_id), department, by.phone].filter(Boolean).join(' · '),
    ],
    [t('break_glass.why'), `${t(`break_glass.cause.${one.cause}`)} · ${one.words}`],
    [t('break_glass.when'), `${moment(one.opened_at)} – ${moment(one.ended_at ?? one.until)}`],
  ] as const
  return (
    <Panel title={t('break_glass.what')}>
      <dl className={css.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="secondary">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Read({ one }: { one: Review }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return (
    <Panel title={t('break_glass.read')} note={t('break_glass.read_note')}>
      <ul className={css.rows}>
        {one.reads.map((each) => (
          <li key={`${each.at}${each.what}${each.number}`} className={css.row}>
            <span>
              {t(`break_glass.reads.${each.what}`)} {each.number}
            </span>
            <time className="secondary small" dateTime={each.at}>
              {dateTime(each.at)}
            </time>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Said({ one }: { one: Review }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { moment } = useFormat()
  return (
    <Notice tone={one.verdict === 'appropriate' ? 'done' : 'urgent'}>
      {t('break_glass.said', {
        verdict: t(`break_glass.verdict.${one.verdict ?? 'appropriate'}`),
        by: named({ name: one.reviewed_by, name_en: one.reviewed_by_en }),
        at: moment(one.reviewed_at ?? one.until),
      })}
      {one.note && <p>{one.note}</p>}
    </Notice>
  )
}

function Judge({ one }: { one: Review }) {
  const { t } = useTranslation()
  const [verdict, setVerdict] = useState<Schemas['Verdict'] | null>(null)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const say = useAct({
    run: (said: Schemas['Verdict']) =>
      body(
        client.POST('/api/break-glass/reviews/{id}', {
          params: { path: { id: one.id }, header: ifMatch(one.version) },
          body: { verdict: said, note: note.trim() },
        }),
      ),
    changes: { 'break-glass': '*', work: one.id },
    done: t('break_glass.done_review'),
  })
  const lacks = verdict === 'inappropriate' && !note.trim()
  return (
    <Panel title={t('break_glass.judge')}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (verdict && !lacks) say.mutate(verdict)
        }}
      >
        <Radio.Group
          aria-label={t('break_glass.judge')}
          value={verdict}
          options={(['appropriate', 'inappropriate'] as const).map((value) => ({
            value,
            label: t(`break_glass.verdict.${value}`),
          }))}
          onChange={(event) => setVerdict(event.target.value)}
        />
        {tried && !verdict && <span className="late small">{t('break_glass.choose')}</span>}
        <Field
          label={t('break_glass.note_label')}
          required={verdict === 'inappropriate'}
          error={tried && lacks ? t('break_glass.say_why') : null}
        >
          {(ids) => (
            <Input.TextArea
              {...ids}
              rows={3}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Button type="primary" htmlType="submit" loading={say.isPending}>
          {t('break_glass.do_review')}
        </Button>
      </form>
    </Panel>
  )
}
