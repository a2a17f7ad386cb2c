/** Signing in over a page whose session has ended; what was typed on it stays. */
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Owed, Session } from '../../api/session'
import { InTurn } from './InTurn'
import css from './signin.module.css'

export default function SignInLayer({ session }: { session: Session }) {
  const { t, i18n } = useTranslation()
  const { actor } = session
  const [owed, setOwed] = useState<Owed | null>(null)
  const name = (i18n.language === 'en' ? actor?.name_en : actor?.name) ?? ''
  return (
    <Modal
      open
      centered
      width={400}
      title={t(owed ? `signin.owed.${owed.owes}` : 'signin.again')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
    >
      <p>{t('signin.again_hint', { name })}</p>
      <InTurn known={actor?.username ?? ''} owed={owed} setOwed={setOwed} />
      <Button type="link" className={css.other ?? ''} onClick={() => window.location.assign('/')}>
        {t('signin.leave')}
      </Button>
    </Modal>
  )
}
