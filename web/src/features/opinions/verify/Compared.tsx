/** What the system keeps of a record and has just hashed again, and the pages that were added to it. */
import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useFormat } from '../../../i18n/format'
import css from './verify.module.css'

export function Compared({ found }: { found: Schemas['VerifyOut'] }) {
  const { t } = useTranslation()
  return (
    <section className={css.compared} aria-labelledby="verify-compared">
      <b id="verify-compared">{t('opinions.verify.compared')}</b>
      <ul>
        {found.compared.map(({ part, matches }) => (
          <li key={part} className={matches ? css.holds : css.broken}>
            <Mark matches={matches} /> {t(`opinions.verify.part.${part}`)}
          </li>
        ))}
      </ul>
      {found.format === 1 && <p className="secondary small">{t('opinions.verify.old_format')}</p>}
      {found.pages.length > 0 && <Behind pages={found.pages} />}
    </section>
  )
}

function Behind({ pages }: { pages: Schemas['VerifyOut']['pages'] }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  return (
    <>
      <b>{t('opinions.verify.pages')}</b>
      <ul>
        {pages.map((page) => (
          <li key={page.number} className={page.matches ? css.holds : css.broken}>
            <Mark matches={page.matches} /> {t('opinions.pages.number', { n: String(page.number) })}{' '}
            {t(`opinions.pages.kind.${page.kind}`)}{' '}
            <span className="secondary small">{dateTime(page.at)}</span>
            <div className={`secondary ${css.hash}`}>{page.sha256.replace(/(.{8})/g, '$1 ')}</div>
          </li>
        ))}
      </ul>
    </>
  )
}

function Mark({ matches }: { matches: boolean }) {
  const { t } = useTranslation()
  const word = t(matches ? 'opinions.verify.holds' : 'opinions.verify.differs')
  return matches ? <CheckOutlined aria-label={word} /> : <CloseOutlined aria-label={word} />
}
