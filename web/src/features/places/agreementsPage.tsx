/** 机构与协议: which hospitals take part, and what the hub has agreed on with each. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { serverNow } from '../../api/clock'
import { AdminTabs } from '../../kit/AdminTabs'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { siteDay } from '../../zone'
import { EditAgreement } from './EditAgreement'
import { EditHospital } from './EditHospital'
import { PlaceList } from './PlaceList'
import css from './places.module.css'
import { type Agreement, agreementsQuery, type Hospital, hospitalsQuery } from './queries'
import { Rules } from './Rules'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('places.agreements')} note={t('places.agreements_note')}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <Hospitals />
        <Agreements />
        <Rules />
      </div>
    </>
  )
}

function Hospitals() {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const [edited, setEdited] = useState<Hospital | null | 'none'>('none')
  return (
    <Loaded
      query={hospitalsQuery()}
      what={t('places.site.title')}
      skeleton={<PanelSkeleton rows={3} />}
    >
      {({ items, may_create }) => (
        <>
          <PlaceList
            title={t('places.site.title')}
            add={t('places.site.add')}
            empty={{ title: '', hint: '' }}
            items={items}
            mine={may_create}
            onEdit={setEdited}
            of={(row) => ({
              key: row.id,
              name: (
                <>
                  <b>{named(row)}</b>
                  <span className="secondary small">{row.licence_name}</span>
                </>
              ),
              two: t(`places.site.kinds.${row.kind}`),
              three: t('places.people', { n: String(row.people) }),
              act: <Act row={row} onEdit={() => setEdited(row)} />,
            })}
          />
          {edited !== 'none' && <EditHospital row={edited} onClose={() => setEdited('none')} />}
        </>
      )}
    </Loaded>
  )
}

/** One's own can be changed; one that nobody administers yet gets its first administrator. */
function Act({ row, onEdit }: { row: Hospital; onEdit: () => void }) {
  const { t } = useTranslation()
  if (row.may_edit)
    return (
      <Button type="link" onClick={onEdit}>
        {t('places.edit')}
      </Button>
    )
  if (row.administrators > 0) return <span />
  return (
    <Link className="target" to={paths.firstAdministrator(row.id)}>
      {t('places.site.first_do')}
    </Link>
  )
}

function Agreements() {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const [edited, setEdited] = useState<Agreement | null | 'none'>('none')
  const today = siteDay(serverNow())
  return (
    <Loaded
      query={agreementsQuery()}
      what={t('places.agreement.title')}
      skeleton={<PanelSkeleton rows={3} />}
    >
      {({ items, may_edit }) => (
        <>
          <PlaceList
            title={t('places.agreement.title')}
            add={t('places.agreement.add')}
            imports="agreements"
            empty={{
              title: t('places.agreement.empty'),
              hint: t(may_edit ? 'places.agreement.empty_hint' : 'places.agreement.empty_branch'),
            }}
            items={items}
            mine={may_edit}
            onEdit={setEdited}
            of={(row) => ({
              key: row.id,
              name: (
                <>
                  <b>
                    {hospital(row.branch_id)} – {hospital(row.hub_id)}
                  </b>
                  <span className="secondary small">{row.number}</span>
                </>
              ),
              two: row.services
                .map((one) => t(`places.agreement.service.${one as 'consultation'}`))
                .join(' · '),
              three: (
                <>
                  {t('staff.period', { from: row.valid_from, until: row.valid_until })}{' '}
                  {row.valid_until < today && (
                    <Pill tone="stat">{t('places.agreement.ended')}</Pill>
                  )}
                  {row.registration_required && (
                    <Pill tone="brand">{t('places.agreement.required')}</Pill>
                  )}
                </>
              ),
            })}
          />
          {edited !== 'none' && <EditAgreement row={edited} onClose={() => setEdited('none')} />}
        </>
      )}
    </Loaded>
  )
}
