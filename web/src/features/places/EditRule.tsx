/** One rule, or the next version of an agreement's consent clause. */
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { usePeopleWords } from '../../kit/people'
import { type FieldSpec, FormDrawer, type Values } from './FormDrawer'
import type { Clause, Reads, Rule, RuleTable } from './queries'

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const
const PARTS = [
  ...(['head', 'neck', 'chest', 'heart', 'abdomen', 'pelvis', 'spine', 'breast'] as const),
  ...(['upper_limb', 'lower_limb', 'whole_body'] as const),
]
const URGENCIES = ['routine', 'urgent', 'stat'] as const
const PURPOSES = ['primary', 'over_read'] as const
const MODALITIES = ['CT', 'MR', 'CR', 'DX', 'US', 'MG', 'NM', 'PT', 'XA'] as const
const ANY = 'any'

const startOf = (row: Rule | null, branch: string): Values => ({
  branch_id: row?.branch_id ?? branch,
  name: row?.name ?? '',
  purpose: row?.purpose ?? 'primary',
  modality: row?.modality || ANY,
  days: DAYS.filter((day) => (row?.days ?? '1111111')[day] === '1').map(String),
  starts: row?.starts ?? '00:00',
  ends: row?.ends ?? '00:00',
  share: String(row?.share ?? 100),
  urgency: row?.urgency ?? 'routine',
  part: row?.part ?? 'chest',
  question: row?.question ?? '',
  contact_id: row?.contact_id ?? '',
  retired: row?.retired ?? false,
})

const given = (values: Values): Schemas['RuleIn'] => ({
  name: String(values.name),
  purpose: values.purpose as Rule['purpose'],
  modality: values.modality === ANY ? '' : String(values.modality),
  days: DAYS.map((day) => ((values.days as string[]).includes(String(day)) ? '1' : '0')).join(''),
  starts: String(values.starts),
  ends: String(values.ends),
  share: Math.min(100, Math.max(0, Math.round(Number(values.share) || 0))),
  urgency: values.urgency as Rule['urgency'],
  part: values.part as Rule['part'],
  question: String(values.question),
  contact_id: String(values.contact_id),
  retired: values.retired === true,
})

type Props = { row: Rule | null; table: RuleTable; onClose: () => void }

export function EditRule({ row, table, onClose }: Props) {
  const { t } = useTranslation()
  const fields = useFields(row, table)
  return (
    <FormDrawer
      title={t(row ? 'places.rule.edit' : 'places.rule.add')}
      onClose={onClose}
      start={startOf(row, table.agreements[0]?.branch_id ?? '')}
      fields={fields}
      save={(values) =>
        row
          ? body(
              client.PUT('/api/admin/reading-rules/{id}', {
                params: { path: { id: row.id }, header: ifMatch(row.version) },
                body: given(values),
              }),
            )
          : body(
              client.POST('/api/admin/reading-rules', {
                body: { ...given(values), branch_id: String(values.branch_id) },
              }),
            )
      }
    >
      <p className="secondary small">{t('places.rule.how')}</p>
    </FormDrawer>
  )
}

function useFields(row: Rule | null, table: RuleTable): FieldSpec[] {
  const { t } = useTranslation()
  const { hospital, named } = usePeopleWords()
  const choice = (name: string, label: string, options: FieldSpec['options'] = []) =>
    ({ name, label, kind: 'choice', required: true, options }) as const
  const branches = [...new Set(table.agreements.map(({ branch_id }) => branch_id))]
  const time = (name: 'starts' | 'ends') =>
    ({
      name,
      label: t(`places.rule.${name}`),
      required: true,
      hint: t('places.rule.time'),
    }) as const
  return [
    ...(row
      ? []
      : [
          choice(
            'branch_id',
            t('places.agreement.branch_id'),
            branches.map((value) => ({ value, label: hospital(value) })),
          ),
        ]),
    { name: 'name', label: t('places.rule.name'), required: true },
    choice(
      'purpose',
      t('places.rule.purpose'),
      PURPOSES.map((value) => ({ value, label: t(`places.rule.for.${value}`) })),
    ),
    choice('modality', t('places.rule.modality'), [
      { value: ANY, label: t('places.rule.any_modality') },
      ...MODALITIES.map((value) => ({ value, label: value })),
    ]),
    {
      ...{ name: 'days', label: t('places.rule.days'), kind: 'choices', required: true },
      options: DAYS.map((day) => ({ value: String(day), label: t(`places.rule.day.d${day}`) })),
    },
    time('starts'),
    time('ends'),
    {
      ...{ name: 'share', label: t('places.rule.share'), kind: 'number', required: true },
      hint: t('places.rule.share_hint'),
    },
    choice(
      'urgency',
      t('places.rule.urgency'),
      URGENCIES.map((value) => ({ value, label: t(`places.rule.urgencies.${value}`) })),
    ),
    choice(
      'part',
      t('places.rule.part'),
      PARTS.map((value) => ({ value, label: t(`places.rule.parts.${value}`) })),
    ),
    { name: 'question', label: t('places.rule.question'), kind: 'long', required: true },
    choice(
      'contact_id',
      t('places.rule.contact_id'),
      table.contacts
        .filter(({ hospital_id }) => !row || hospital_id === row.branch_id)
        .map((one) => ({ value: one.id, label: `${named(one)} · ${hospital(one.hospital_id)}` })),
    ),
    ...(row ? [{ name: 'retired', label: t('places.rule.retire'), kind: 'tick' as const }] : []),
  ]
}

type ClauseProps = { agreement: Reads; before: Clause | null; onClose: () => void }

export function EditClause({ agreement, before, onClose }: ClauseProps) {
  const { t } = useTranslation()
  return (
    <FormDrawer
      title={t('places.clause.edit', { number: agreement.number })}
      onClose={onClose}
      start={{ text: before?.text ?? '', valid_from: '' }}
      fields={[
        { name: 'text', label: t('places.clause.text'), kind: 'long', required: true },
        { name: 'valid_from', label: t('places.clause.valid_from'), kind: 'date', required: true },
      ]}
      save={(values) =>
        body(
          client.POST('/api/admin/reading-clauses', {
            body: {
              agreement_id: agreement.id,
              text: String(values.text),
              valid_from: String(values.valid_from),
            },
          }),
        )
      }
    >
      <p className="secondary small">{t('places.clause.how')}</p>
    </FormDrawer>
  )
}
