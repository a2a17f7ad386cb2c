/** Who can see this patient now, and why: as the server decides it. */
import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import css from './audit.module.css'

type One = Schemas['CanSee']

const canSeeQuery = (patient: string) =>
  queryOptions({
    queryKey: ['can-see', patient],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/audit/can-see', { params: { query: { patient } }, signal })))
        .items,
  })

export function CanSee({ patient }: { patient: string }) {
  const { t } = useTranslation()
  const title = t('audit.can_see')
  return (
    <Panel title={title} note={t('audit.can_see_note')}>
      <Loaded query={canSeeQuery(patient)} what={title} skeleton={<PanelSkeleton rows={4} />}>
        {(items) => (
          <ul className={css.can_see}>
            {items.map((one) => (
              <Row
                key={`${one.why}${one.person?.id}${one.role}${one.department}${one.consultation_id}`}
                one={one}
              />
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  )
}

function Row({ one }: { one: One }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named, hospital } = usePeopleWords()
  const department = named({ name: one.department, name_en: one.department_en })
  const role = one.role && t('audit.all_of_role', { role: t(`role.${one.role}`) })
  const who = one.person ? named(one.person) : role || department || t('audit.clinical_staff')
  const beside = one.role ? department : ''
  return (
    <li>
      <span>
        <b>{who}</b>{' '}
        <span className="secondary">
          {[hospital(one.hospital_id), beside].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="secondary small">
        {t(`audit.why.${one.why}`)}
        {one.until && ` · ${t('audit.until', { at: moment(one.until) })}`}
        {!one.downloads && ` · ${t('audit.only_reads')}`}{' '}
        {one.consultation_id && (
          <Link to={paths.consultation(one.consultation_id)}>
            {one.consultation_number ?? t('audit.case')}
          </Link>
        )}
      </span>
    </li>
  )
}
