/** 我的备案: where I may practise besides, until when, and what I lead there afterwards. */
import { useTranslation } from 'react-i18next'
import { useRole, useSession } from '../../api/session'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './credentials.module.css'
import { ownRegistrationsQuery } from './queries'
import { RegistrationLine } from './RegistrationLine'
import { needsLicence } from './words'

export function RegistrationOfMine() {
  const { t } = useTranslation()
  const office = useRole('administrator', 'reviewer')
  const { actor, hospitals } = useSession()
  // Only who leads consultations from a hub may need one.
  const needed =
    needsLicence(actor) &&
    hospitals.some(({ id, kind }) => kind === 'hub' && id === actor.hospital_id)
  return (
    <Loaded
      query={ownRegistrationsQuery()}
      what={t('staff.credentials.mine')}
      skeleton={<PanelSkeleton rows={2} cells={[140, '40%']} />}
    >
      {({ items }) =>
        office && items.length === 0 ? null : (
          <Panel
            title={t('staff.credentials.mine')}
            note={needed || items.length > 0 ? t('staff.credentials.mine_note') : null}
            tight
          >
            {items.length === 0 && (
              <p className={`secondary small ${css.nothing}`}>
                {t(needed ? 'staff.credentials.mine_none' : 'staff.credentials.mine_not_needed')}
              </p>
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
