/** 我的备案: where I may practise besides, until when, and what I lead there afterwards. */
import { useTranslation } from 'react-i18next'
import { useRole } from '../../api/session'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './credentials.module.css'
import { ownRegistrationsQuery } from './queries'
import { RegistrationLine } from './RegistrationLine'

export function RegistrationOfMine() {
  const { t } = useTranslation()
  const office = useRole('administrator', 'reviewer')
  return (
    <Loaded
      query={ownRegistrationsQuery()}
      what={t('staff.credentials.mine')}
      skeleton={<PanelSkeleton rows={2} cells={[140, '40%']} />}
    >
      {({ items }) =>
        office && items.length === 0 ? null : (
          <Panel title={t('staff.credentials.mine')} note={t('staff.credentials.mine_note')} tight>
            {items.length === 0 && (
              <p className={`secondary small ${css.nothing}`}>{t('staff.credentials.mine_none')}</p>
            )}
            {items.map((row) => (
              <RegistrationLine key={row.id} row={row} mine />
            ))}
          </Panel>
        )
      }
    </Loaded>
  )
}
