/** Signing in over a page whose session has ended; what was typed on it stays. */
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../api/session'
import { SignInForm } from './SignInForm'
import css from './signin.module.css'

export default function SignInLayer({ session }: { session: Session }) {
  const { t, i18n } = useTranslation()
  const { actor } = session
  const name = (i18n.language === 'en' ? actor?.name_en : actor?.name) ?? ''
  return (
    <Modal
      open
      centered
      width={400}
      title={t('signin.again')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
    >
      <p>{t('signin.again_hint', { name })}</p>
      <SignInForm known={actor?.username ?? ''} />
      <Button type="link" className={css.other ?? ''} onClick={() => window.location.assign('/')}>
        {t('signin.leave')}
      </Button>
    </Modal>
  )
}
