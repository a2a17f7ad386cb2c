/** For the case page: the opinion, and its advice, as two parts of the story. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Part } from '../../consultation/Story'
import { paths } from '../../paths'
import { AdvicePanel } from './AdvicePanel'
import { opinionQuery } from './queries'
import { SignedOpinion } from './SignedOpinion'
import { useOwnFormer } from './useOwnFormer'

type Props = {
  consultationId: string
  /** Under break-glass nothing is printed or downloaded. */
  prints?: boolean
}

export function OpinionParts({ consultationId, prints = true }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(opinionQuery(consultationId))
  const advice = useRef<HTMLDivElement>(null)
  const { hash, key } = useLocation()
  const loaded = data !== undefined
  const own = useOwnFormer(data)
  // The key changes at each click, also where the address stays the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time somebody asks for it
  useEffect(() => {
    if (!loaded || hash !== '#advice') return
    advice.current?.scrollIntoView({ block: 'center' })
    advice.current?.focus({ preventScroll: true })
  }, [loaded, hash, key])
  if (!data) return null
  const done = data.advice.filter(({ execution }) => execution === 'executed').length
  const adopted = data.advice.filter(({ execution }) => execution !== null).length
  return (
    <>
      <Part title={t('opinions.title')}>
        {data.signed.length > 0 ? (
          <SignedOpinion id={consultationId} opinion={data} prints={prints} />
        ) : (
          <p className="secondary">{t('opinions.nothing_yet')}</p>
        )}
        {(data.mdt || (data.may.stand && data.draft?.id)) && !data.may.write && (
          <p>
            <Link className="target" to={paths.opinion(consultationId)}>
              {t(data.mdt ? 'home.kind.section' : 'opinions.stand.read')}
            </Link>
          </p>
        )}
        {own.length > 0 && (
          <p>
            <Link to={paths.opinion(consultationId)}>{t('opinions.former.read')}</Link>
          </p>
        )}
        {(data.may.write || data.may.take_over) && (
          <p>
            <Link className="target" to={paths.opinion(consultationId)}>
              {t(data.signed.length > 0 ? 'opinions.signed.amend' : 'acts.verb.sign')}
            </Link>
          </p>
        )}
      </Part>
      {data.signed.length > 0 && (
        <div ref={advice} id="advice" tabIndex={-1}>
          <Part title={t('consultation.advice')}>
            {adopted > 0 && (
              <p className="secondary small">
                {t('opinions.counts', { done: String(done), all: String(adopted) })}
              </p>
            )}
            <AdvicePanel opinion={data} />
          </Part>
        </div>
      )}
    </>
  )
}
