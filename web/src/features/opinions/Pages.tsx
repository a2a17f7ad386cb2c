/** The 附页 of a signed version: what came after the signature, dated, each a print of its own, and all in one to read. */
import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import { type Opinion, pageUrl, togetherUrl } from './queries'
import css from './read.module.css'

type Signed = Opinion['signed'][number]

export function Pages({ signed, prints }: { signed: Signed; prints: boolean }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  if (signed.pages.length === 0) return null
  return (
    <section
      className={css.pages}
      aria-label={`${t('opinions.pages.title')} v${String(signed.number)}`}
    >
      <b>{t('opinions.pages.title')}</b>
      <ol>
        {signed.pages.map((page) => (
          <li key={page.number}>
            <span>
              {t('opinions.pages.number', { n: String(page.number) })}{' '}
              {t(`opinions.pages.kind.${page.kind}`)}
              <span className="secondary small">
                {' '}
                {dateTime(page.at)}
                {page.by && ` · ${named({ name: page.by, name_en: page.by_en })}`}
              </span>
            </span>
            {page.damaged ? (
              <span className={css.lapsed}>{t('opinions.pages.damaged')}</span>
            ) : (
              prints && (
                <Button
                  type="link"
                  size="small"
                  href={pageUrl(signed.id, page.number)}
                  icon={<DownloadOutlined aria-hidden />}
                  aria-label={t('opinions.pages.download', { n: String(page.number) })}
                >
                  {t('opinions.pages.get')}
                </Button>
              )
            )}
          </li>
        ))}
      </ol>
      {prints && (
        <p className="small">
          <a className="target" href={togetherUrl(signed.id)}>
            {t('opinions.pages.together')}
          </a>{' '}
          <span className="secondary">{t('opinions.pages.together_note')}</span>
        </p>
      )}
    </section>
  )
}
