/** Which specialty and title are wanted, and whether somebody by name. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { departmentsQuery, expertsQuery } from '../../consultation/queries'
import { usePeopleWords } from '../../kit/people'
import { useDraft } from './draft'
import { HubChoice } from './HubChoice'
import { Part } from './Part'
import css from './requests.module.css'
import { fieldId } from './sections'

const TITLES = ['attending', 'associate_chief', 'chief'] as const

export function WantedPart() {
  const { t } = useTranslation()
  const { row, set, missing, fixed } = useDraft()
  const { named, withTitle } = usePeopleWords()
  const { data: departments } = useQuery(departmentsQuery())
  const { data: experts } = useQuery(expertsQuery(row.hub_id))
  const { specialty, title_wanted, expert_wanted } = row.content
  const withExperts = new Set(experts?.map(({ department_id }) => department_id))
  const offered = (departments ?? []).filter(({ id }) => withExperts.has(id))
  const department = offered.find((each) => each.specialty === specialty)
  // Asked of another hospital that has no such department: its words are still known.
  const absent = department ? undefined : departments?.find((each) => each.specialty === specialty)
  const choices = [...offered, ...(absent ? [{ ...absent, disabled: true }] : [])]
  const there = (experts ?? []).filter(({ department_id }) => department_id === department?.id)
  const warn = (word: string) => (missing.includes(word) ? { status: 'warning' as const } : {})
  return (
    <Part section="wanted">
      <HubChoice />
      <div className={css.wanted}>
        <Select
          id={fieldId('specialty')}
          aria-label={t('requests.wanted.specialty')}
          placeholder={t('requests.wanted.specialty')}
          disabled={fixed}
          value={specialty || null}
          {...warn('specialty')}
          options={choices.map((each) => ({
            value: each.specialty,
            label: named(each),
            disabled: 'disabled' in each,
          }))}
          onChange={(value) =>
            set({ content: { specialty: value ?? '', expert_wanted: null } }, true)
          }
        />
        <Select
          id={fieldId('title_wanted')}
          aria-label={t('requests.wanted.title')}
          placeholder={t('requests.wanted.title')}
          disabled={fixed}
          value={title_wanted}
          {...warn('title_wanted')}
          options={TITLES.map((value) => ({
            value,
            label: t(`requests.wanted.title_from.${value}`),
          }))}
          onChange={(value) => set({ content: { title_wanted: value } }, true)}
        />
        <Select
          aria-label={t('requests.wanted.expert')}
          disabled={fixed}
          value={expert_wanted ?? ''}
          options={[
            {
              value: '',
              label: t('requests.wanted.any_expert'),
            },
            ...there.map((each) => ({ value: each.id, label: withTitle(each) })),
          ]}
          onChange={(value) => set({ content: { expert_wanted: value || null } }, true)}
        />
      </div>
    </Part>
  )
}
