/** The first page: what this is, and the way in. Made of plain elements, so that it is there at once on a slow link. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../api/session'
import { changeLanguage, type Language, language } from '../../i18n'
import { BrowserCheck } from './BrowserCheck'
import { InTurn } from './InTurn'
import { Scene } from './Scene'
import css from './signin.module.css'

const LANGUAGES: [Language, string][] = [
  ['zh-CN', '中文'],
  ['en', 'English'],
]

export default function SignInPage({ session }: { session: Session }) {
  const { t } = useTranslation()
  const [owed, setOwed] = useState(session.owed)
  return (
    <div className={css.page}>
      <section className={css.scene} aria-label={t('app.name')}>
        <b className={css.logo}>{session.site_name || t('app.name')}</b>
        <p className={css.promise}>{t('signin.promise')}</p>
        <p className={css.services}>{t('signin.services')}</p>
        <Scene />
      </section>
      <main className={css.side} id="main">
        <fieldset className={css.languages} aria-label={t('app.languages')}>
          {LANGUAGES.map(([each, label]) => (
            <button
              key={each}
              type="button"
              lang={each}
              aria-pressed={each === language()}
              onClick={() => changeLanguage(each)}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <div className={css.box}>
          <h1>{t(owed ? `signin.owed.${owed.owes}` : 'signin.title')}</h1>
          <InTurn owed={owed} setOwed={setOwed} />
          {!owed && <p className="secondary small">{t('signin.forgotten')}</p>}
          {session.demo && !owed && (
            <p className={css.demo}>
              <b>{t('signin.demo')}</b> {t('signin.demo_hint')}
              <br />
              <span className="secondary">{t('signin.demo_accounts')}</span>
            </p>
          )}
        </div>
        <BrowserCheck />
      </main>
    </div>
  )
}
