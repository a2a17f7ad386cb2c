/** What the account menu opens: help, the keys, and what this is. */
import { useTranslation } from 'react-i18next'
import { useHelpPhone, useSession } from '../api/session'
import css from './About.module.css'
import { Dialog } from './Dialog'
import { KeyList } from './KeyList'

export type Topic = 'help' | 'keys' | 'about'
const HELP = ['case', 'call', 'images', 'account'] as const
const KEYS = [
  ['/', 'search'],
  ['Ctrl K', 'search'],
  ['?', 'keys'],
  ['Tab', 'next'],
  ['Esc', 'close'],
] as const

export default function About({ topic, onClose }: { topic: Topic; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t(`account.${topic}`)} onClose={onClose}>
      {topic === 'help' && <Help />}
      {topic === 'keys' && <Keys />}
      {topic === 'about' && <This />}
    </Dialog>
  )
}

function Help() {
  const { t } = useTranslation()
  const phone = useHelpPhone()
  return (
    <>
      <dl className={css.list}>
        {HELP.map((each) => (
          <div key={each}>
            <dt>{t(`account.helps.${each}.when`)}</dt>
            <dd>{t(`account.helps.${each}.do`)}</dd>
          </div>
        ))}
      </dl>
      {phone && (
        <p>
          {t('account.call')} <a href={`tel:${phone.replace(/\s/g, '')}`}>{phone}</a>
        </p>
      )}
    </>
  )
}

function Keys() {
  const { t } = useTranslation()
  return (
    <>
      <KeyList keys={KEYS.map(([shown, word]) => ({ shown, says: t(`account.key.${word}`) }))} />
      <p className="secondary small">{t('account.viewer_keys')}</p>
    </>
  )
}

function This() {
  const { t } = useTranslation()
  const { version, demo } = useSession()
  return (
    <>
      <p>
        <b>{t('app.name')}</b> {t('account.version', { version })}
        {demo && ` · ${t('app.demo')}`}
      </p>
      <p>{t('account.intended')}</p>
      <p className="secondary">{t('account.not_for')}</p>
    </>
  )
}
