/** What the pages share: whose images these are above, the reconstruction below. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { useNotices } from '../../kit/notices'
import { PatientBanner } from '../../kit/PatientBanner'
import { Theme } from '../../kit/Theme'
import { dark } from '../../theme'
import css from './mpr.module.css'

type Props = {
  patient: React.ComponentProps<typeof PatientBanner>['patient'] | null
  children: ReactNode
}

export function Frame({ patient, children }: Props) {
  const { t } = useTranslation()
  const { demo } = useSession()
  const { apart: bell } = useNotices()
  return (
    <Dark>
      {patient && (
        <PatientBanner
          patient={patient}
          extra={
            <span className={css.extra}>
              {demo && <span className={css.demo}>{t('app.demo')}</span>}
              {bell}
            </span>
          }
        />
      )}
      {children}
    </Dark>
  )
}

export const Dark = ({ children }: { children?: ReactNode }) => (
  <Theme palette={dark}>
    <main className={css.page}>{children}</main>
  </Theme>
)
