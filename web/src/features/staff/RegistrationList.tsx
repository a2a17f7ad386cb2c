/** 多机构执业备案 of this hospital's people elsewhere, and of others here; the next to end first. */
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './credentials.module.css'
import { registrationsQuery } from './queries'
import { RegistrationLine } from './RegistrationLine'

export function RegistrationList() {
  const { t } = useTranslation()
  const [ending, setEnding] = useState(true)
  const [page, setPage] = useState(0)
  return (
    <Loaded
      query={registrationsQuery(ending, page)}
      what={t('staff.registrations')}
      skeleton={<PanelSkeleton rows={4} cells={[140, '40%', 120]} />}
    >
      {(found) => (
        <Panel
          title={t('staff.registrations')}
          note={t('staff.credentials.where')}
          tight
          extra={
            <Segmented
              aria-label={t('staff.registrations')}
              value={ending}
              onChange={(value) => {
                setEnding(value)
                setPage(0)
              }}
              options={[
                { value: true, label: t('staff.shown.ending', { n: String(found.ending) }) },
                { value: false, label: t('staff.shown.all', { n: String(found.all) }) },
              ]}
            />
          }
        >
          {found.items.length === 0 && (
            <p className={`secondary small ${css.nothing}`}>
              {t(ending ? 'staff.credentials.none_ending' : 'staff.credentials.none')}
            </p>
          )}
          {found.items.map((row) => (
            <RegistrationLine key={row.id} row={row} mine={false} />
          ))}
          {(page > 0 || found.items.length === found.size) && (
            <p className={css.pages}>
              <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
                {t('staff.before')}
              </Button>
              <Button disabled={found.items.length < found.size} onClick={() => setPage(page + 1)}>
                {t('staff.after')}
              </Button>
            </p>
          )}
        </Panel>
      )}
    </Loaded>
  )
}
