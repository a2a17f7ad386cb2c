/** 我的账号: my password, my second factor, my calendar's links, and where I am signed in. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { SignaturePicture } from '../../kit/SignaturePicture'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import css from './account.module.css'
import { BadgePanel } from './BadgePanel'
import { CalendarPanel } from './CalendarPanel'
import { PasswordPanel } from './PasswordPanel'
import { accountQuery } from './queries'
import { SecondFactor } from './SecondFactor'
import { SignIns } from './SignIns'

/** Who signs no medical record. */
const OFFICE: readonly string[] = ['administrator', 'technician', 'nurse']

export function Component() {
  const { t } = useTranslation()
  const { actor } = useSession()
  return (
    <>
      <PageHead title={t('myAccount.title')} note={t('myAccount.note')} />
      <div className={css.page}>
        <Loaded
          query={accountQuery()}
          what={t('myAccount.title')}
          skeleton={<PanelSkeleton rows={6} />}
        >
          {(account) => (
            <>
              <PasswordPanel account={account} />
              <SecondFactor factor={account.second_factor} />
              <BadgePanel since={account.badge_since} />
              <CalendarPanel />
              {!OFFICE.includes(actor.title) && (
                <Panel title={t('staff.signature.title')} note={t('staff.signature.note')}>
                  <SignaturePicture staffId={actor.id} fileId={account.signature_id} mayChange />
                </Panel>
              )}
              <Panel title={t('myAccount.devices')} note={t('myAccount.devices_note')}>
                <Link className="target" to={paths.deviceCode()}>
                  {t('myAccount.device_code')}
                </Link>
              </Panel>
              <SignIns rows={account.sign_ins} />
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}
