/** 设备: the carts, rooms' computers and cameras of a hospital, its administrator's page. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { DeviceDialog } from './DeviceDialog'
import { DeviceRow } from './DeviceRow'
import css from './devices.module.css'
import { type Devices, devicesQuery } from './queries'

export function Component() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  return (
    <>
      <PageHead title={t('devices.title')} note={hospital(actor.hospital_id)}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <Loaded
          query={devicesQuery()}
          what={t('devices.title')}
          skeleton={<PanelSkeleton rows={4} />}
        >
          {(devices) => <List devices={devices} />}
        </Loaded>
      </div>
    </>
  )
}

function List({ devices: { items, venues } }: { devices: Devices }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const address = new URL(paths.device(), window.location.href).href
  return (
    <Panel
      title={t('devices.title')}
      note={t('devices.note')}
      extra={
        <Button size="small" type="primary" onClick={() => setAdding(true)}>
          {t('devices.register')}
        </Button>
      }
    >
      {items.length === 0 ? (
        <EmptyState title={t('devices.none')} hint={t('devices.none_hint', { address })} />
      ) : (
        <>
          <ul className={css.devices}>
            {items.map((each) => (
              <DeviceRow key={each.id} device={each} venues={venues} />
            ))}
          </ul>
          <p className="secondary small">{t('devices.how', { address })}</p>
        </>
      )}
      {adding && <DeviceDialog venues={venues} onClose={() => setAdding(false)} />}
    </Panel>
  )
}
