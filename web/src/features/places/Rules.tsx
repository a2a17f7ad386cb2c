/** 阅片规则: what of which branch is read without being requested, and the consent clauses on which that rests. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { EditClause, EditRule } from './EditRule'
import { PlaceList } from './PlaceList'
import css from './places.module.css'
import { type Reads, type Rule, type RuleTable, rulesQuery } from './queries'

export function Rules() {
  const { t } = useTranslation()
  return (
    <Loaded
      query={rulesQuery()}
      what={t('places.rule.title')}
      skeleton={<PanelSkeleton rows={3} />}
    >
      {(table) => (
        <>
          <Clauses table={table} />
          <Table table={table} />
        </>
      )}
    </Loaded>
  )
}

function Clauses({ table }: { table: RuleTable }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const [edited, setEdited] = useState<Reads | null>(null)
  if (table.agreements.length === 0) return null
  return (
    <>
      <PlaceList
        title={t('places.clause.title')}
        add=""
        note={t('places.clause.note')}
        empty={{ title: '', hint: '' }}
        items={table.agreements}
        mine={false}
        onEdit={() => undefined}
        of={(row) => {
          const versions = table.clauses.filter(({ agreement_id }) => agreement_id === row.id)
          const now = versions.find(({ in_force }) => in_force)
          const next = versions[0]?.in_force === false ? versions[0] : null
          const said = (one: (typeof versions)[number]) =>
            t('places.clause.version', { number: String(one.number), from: one.valid_from })
          return {
            key: row.id,
            name: (
              <>
                <b>
                  {hospital(row.branch_id)} – {hospital(row.hub_id)}
                </b>
                <span className="secondary small">{row.number}</span>
              </>
            ),
            two: now ? now.text : <Pill tone="urgent">{t('places.clause.none')}</Pill>,
            three: (
              <>
                {now && said(now)} {next && next !== now && said(next)}
              </>
            ),
            act: table.may_edit ? (
              <Button type="link" onClick={() => setEdited(row)}>
                {t(now ? 'places.clause.next' : 'places.clause.add')}
              </Button>
            ) : (
              <span />
            ),
          }
        }}
      />
      {edited && (
        <EditClause
          agreement={edited}
          before={table.clauses.find(({ agreement_id }) => agreement_id === edited.id) ?? null}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  )
}

function Table({ table }: { table: RuleTable }) {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<Rule | null | 'none'>('none')
  const { hospital } = usePeopleWords()
  const without = (row: Rule) =>
    !row.retired && !table.agreements.some((one) => one.branch_id === row.branch_id && one.clause)
  const alone = (row: Rule) =>
    !row.retired && !table.contacts.some(({ id }) => id === row.contact_id)
  return (
    <>
      <PlaceList
        title={t('places.rule.title')}
        add={t('places.rule.add')}
        note={t('places.rule.note')}
        empty={{ title: t('places.rule.empty'), hint: t('places.rule.empty_hint') }}
        items={table.rules}
        mine={table.may_edit}
        onEdit={setEdited}
        of={(row) => ({
          key: row.id,
          name: (
            <>
              <b>{row.name}</b>
              <span className="secondary small">{hospital(row.branch_id)}</span>
              {row.retired && <Pill tone="brand">{t('places.rule.retired')}</Pill>}
            </>
          ),
          two: <When row={row} />,
          three: (
            <>
              {without(row) && <Notice tone="urgent">{t('places.rule.without_clause')}</Notice>}
              {alone(row) && <Notice tone="urgent">{t('places.rule.contact_gone')}</Notice>}
              <Drawn row={row} />
            </>
          ),
        })}
      />
      {edited !== 'none' && (
        <EditRule row={edited} table={table} onClose={() => setEdited('none')} />
      )}
    </>
  )
}

function When({ row }: { row: Rule }) {
  const { t } = useTranslation()
  const days = [...row.days].every((one) => one === '1')
    ? t('places.rule.every_day')
    : [...row.days]
        .flatMap((one, day) => (one === '1' ? [t(`places.rule.day.d${day as 0}`)] : []))
        .join(t('places.rule.comma'))
  const hours = row.starts === row.ends ? t('places.rule.all_day') : `${row.starts}–${row.ends}`
  return (
    <span className={css.name}>
      <span>{[row.modality || t('places.rule.any_modality'), days, hours].join(' · ')}</span>
      <span className="secondary small">
        {t(`places.rule.for.${row.purpose}`)} · {row.share}% ·{' '}
        {t(`places.rule.urgencies.${row.urgency}`)}
      </span>
    </span>
  )
}

const OUTCOMES = [
  'made',
  'not_drawn',
  'awaits_report',
  'asked_already',
  'no_clause',
  'no_agreement',
] as const

/** What came of the studies that it matched. */
function Drawn({ row }: { row: Rule }) {
  const { t } = useTranslation()
  const said = OUTCOMES.flatMap((one) => {
    const n = row.drawn[one]
    return n ? [t(`places.rule.drawn.${one}`, { n: String(n) })] : []
  })
  return (
    <span className="small">
      {t('places.rule.lately')} {said.join(t('places.rule.comma')) || t('places.rule.nothing')}
    </span>
  )
}
