/** What the QR code of a record leads to, without sign-in: is this paper ours, whole, and the latest. No patient data. */
import { CheckCircleOutlined, ExclamationCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { body, client, type Problem, type Schemas } from '../../../api/client'
import { changeLanguage, language } from '../../../i18n'
import { useFormat } from '../../../i18n/format'
import { useProblemText } from '../../../kit/problemText'
import { Compared } from './Compared'
import css from './verify.module.css'

/** Search engines are asked to leave this page alone. */
function useNoIndex() {
  useEffect(() => {
    const tag = document.createElement('meta')
    tag.name = 'robots'
    tag.content = 'noindex, nofollow'
    document.head.append(tag)
    return () => tag.remove()
  }, [])
}

export function Component() {
  const { t } = useTranslation()
  const { code = '' } = useParams()
  const text = useProblemText()
  useNoIndex()
  const { data, error } = useQuery<Schemas['VerifyOut'], Problem>({
    queryKey: ['verify', code],
    queryFn: ({ signal }) =>
      body(client.GET('/api/verify/{code}', { params: { path: { code } }, signal })),
    retry: false,
  })
  return (
    <main className={css.page}>
      <section className={css.card} aria-labelledby="verify-title">
        <header className={css.head}>
          <h1 id="verify-title">{t('opinions.verify.title')}</h1>
          <Button
            type="text"
            aria-label={`${t('app.language')} 中 / EN`}
            onClick={() => changeLanguage(language() === 'en' ? 'zh-CN' : 'en')}
          >
            中 / EN
          </Button>
        </header>
        {data && <Found found={data} />}
        {error && (
          <div className={css.missing} role="alert">
            <b>{error.status === 404 ? t('opinions.verify.unknown') : text(error)}</b>
            {error.status === 404 && <p>{t('opinions.verify.unknown_hint')}</p>}
          </div>
        )}
        <p className="secondary small">{t('opinions.verify.no_patient')}</p>
      </section>
    </main>
  )
}

type Verdict = { tone: string | undefined; icon: ReactNode; word: string; note: string }

function Found({ found }: { found: Schemas['VerifyOut'] }) {
  const { t, i18n } = useTranslation()
  const { dateTime } = useFormat()
  /** The name of the licence is the one on the paper; English says beside it which hospital that is. */
  const licensed = (name: string, english: string) =>
    i18n.language === 'en' ? `${english} · ${name}` : name
  const verdict = useVerdict(found)
  return (
    <>
      <div className={`${css.verdict} ${verdict.tone}`} role="status">
        {verdict.icon}
        <div>
          <b>{verdict.word}</b>
          <p>{verdict.note}</p>
        </div>
      </div>
      <dl className={css.facts}>
        <dt>{t('opinions.verify.number')}</dt>
        <dd>{found.number}</dd>
        <dt>{t('opinions.verify.version')}</dt>
        <dd>v{found.version}</dd>
        <dt>{t('opinions.verify.branch')}</dt>
        <dd>{licensed(found.branch, found.branch_en)}</dd>
        <dt>{t('opinions.verify.hub')}</dt>
        <dd>{licensed(found.hub, found.hub_en)}</dd>
        <dt>{t('opinions.verify.signed_at')}</dt>
        <dd>{dateTime(found.signed_at)}</dd>
        <dt>{t('opinions.verify.method')}</dt>
        <dd>
          {t(found.method === 'paper' ? 'opinions.signed.by_paper' : 'opinions.signed.by_password')}
        </dd>
        <dt>{t('opinions.verify.hash')}</dt>
        <dd className={css.hash}>{found.sha256.replace(/(.{8})/g, '$1 ')}</dd>
      </dl>
      <Compared found={found} />
      <p>{t('opinions.verify.compare')}</p>
    </>
  )
}

function useVerdict(found: Schemas['VerifyOut']): Verdict {
  const { t } = useTranslation()
  if (!found.hash_matches) {
    return {
      tone: css.bad,
      icon: <WarningOutlined aria-hidden />,
      word: t('opinions.verify.broken'),
      note: t('opinions.verify.broken_note'),
    }
  }
  if (found.status === 'withdrawn') {
    return {
      tone: css.bad,
      icon: <WarningOutlined aria-hidden />,
      word: t('opinions.verify.withdrawn'),
      note: t('opinions.verify.withdrawn_note'),
    }
  }
  if (found.status === 'amended') {
    return {
      tone: css.old,
      icon: <ExclamationCircleOutlined aria-hidden />,
      word: t('opinions.verify.amended'),
      note: t('opinions.verify.amended_note', { n: String(found.latest) }),
    }
  }
  return {
    tone: css.good,
    icon: <CheckCircleOutlined aria-hidden />,
    word: t('opinions.verify.valid'),
    note: t('opinions.verify.valid_note'),
  }
}
