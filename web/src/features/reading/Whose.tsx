/** Whose images and report the page is of: always in sight, as is the bell. */
import { ArrowLeftOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session'
import { numberOf } from '../../consultation/view'
import { useNotices } from '../../kit/notices'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import css from './onePage.module.css'
import type { Reading } from './queries'

type Props = {
  identity: Reading['identity']
  /** The bell of another window is enough. */
  silent?: boolean
  children?: ReactNode
}

export function Whose({ identity, silent = false, children }: Props) {
  const { t } = useTranslation()
  const { demo } = useSession()
  const { apart: bell } = useNotices()
  const { hospital } = usePeopleWords()
  return (
    <PatientBanner
      patient={{
        ...identity,
        number: numberOf(identity),
        place: { ...identity, hospital: hospital(identity.hospital_id) },
      }}
      extra={
        <span className={css.extra}>
          {demo && <span className={css.demo}>{t('app.demo')}</span>}
          {children}
          {!silent && bell}
        </span>
      }
    />
  )
}

export const Back = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link className="target" to={to}>
    <ArrowLeftOutlined aria-hidden /> {children}
  </Link>
)
