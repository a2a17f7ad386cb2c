/** 资质: one's own registrations; for the medical office and administrators the roles to confirm and all that end. */
import { useTranslation } from 'react-i18next'
import { useRole } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { PageHead } from '../../kit/PageHead'
import { RegistrationList } from './RegistrationList'
import { RegistrationOfMine } from './RegistrationOfMine'
import { RolesToConfirm } from './RolesToConfirm'
import css from './staff.module.css'

export function Component() {
  const { t } = useTranslation()
  const office = useRole('administrator', 'reviewer')
  return (
    <>
      <PageHead
        title={t('staff.credentials.title')}
        note={t(office ? 'staff.credentials.note' : 'staff.credentials.note_own')}
      >
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        {office && <RolesToConfirm />}
        {office && <RegistrationList />}
        <RegistrationOfMine />
      </div>
    </>
  )
}
