/** 账号安全: what the hospital asks of its accounts, and those that are locked. */
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { AccountsPanel } from './AccountsPanel'
import css from './accounts.module.css'
import { PolicyPanel } from './PolicyPanel'
import { policyQuery } from './queries'

export function Component() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  return (
    <>
      <PageHead title={t('settings.accounts')} note={hospital(actor.hospital_id)}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <AccountsPanel />
        <Loaded
          query={policyQuery()}
          what={t('accounts.policy')}
          skeleton={<PanelSkeleton rows={6} />}
        >
          {(policy) => <PolicyPanel key={policy.version} policy={policy} />}
        </Loaded>
      </div>
    </>
  )
}
