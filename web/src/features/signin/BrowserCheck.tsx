/** Before signing in, checks whether this browser is able to hold a consultation and its clock is right. */
import CheckOutlined from '@ant-design/icons-svg/es/asn/CheckOutlined'
import WarningOutlined from '@ant-design/icons-svg/es/asn/WarningOutlined'
import { useTranslation } from 'react-i18next'
import { skew, useNow } from '../../api/clock'
import { useHelpPhone } from '../../api/session'
import { Icon } from './Icon'
import css from './signin.module.css'

const SKEW_MS = 5_000

/** Why this page cannot use a camera; null if it may ask for it. */
export function cameraBlock(secure: boolean, devices: boolean): 'insecure' | 'missing' | null {
  if (!secure) return 'insecure'
  return devices ? null : 'missing'
}

export function BrowserCheck() {
  const { t } = useTranslation()
  const phone = useHelpPhone()
  useNow()
  const block = cameraBlock(window.isSecureContext, 'mediaDevices' in navigator)
  const off = Math.abs(skew())
  const fine = block === null && off <= SKEW_MS
  return (
    <footer className={css.check}>
      <p>
        <b>{t('signin.check')}</b>{' '}
        {fine ? (
          <span className={css.fine}>
            <Icon of={CheckOutlined} /> {t('signin.check_ok')}
          </span>
        ) : (
          <span className="late">
            <Icon of={WarningOutlined} /> {t('signin.check_bad')}
          </span>
        )}{' '}
        <span className="secondary">
          {t(`signin.camera.${block ?? 'ok'}`)}
          {' · '}
          {t(off <= SKEW_MS ? 'signin.clock_ok' : 'signin.clock_bad', {
            seconds: (off / 1000).toFixed(1),
          })}
        </span>
      </p>
      {phone && <p className="secondary small">{t('signin.trouble', { phone })}</p>}
    </footer>
  )
}
