/** Signing in at a device: it shows a code that one's own telephone confirms, or reads a badge. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { useAct } from '../../kit/useAct'
import { BadgeEntry } from './BadgeEntry'
import { enterQuery, newEntry } from './queries'
import css from './screen.module.css'

type Entry = Schemas['EntryCodeOut']
type Props = { onIn: () => void; onPassword: () => void }

export function EnterHere({ onIn, onPassword }: Props) {
  const { t } = useTranslation()
  const [entry, setEntry] = useState<Entry | null>(null)
  const [byBadge, setByBadge] = useState(false)
  const show = useAct({ run: newEntry, onDone: setEntry })
  return (
    <section className={css.card} aria-label={t('devices.enter.title')}>
      <h2>{t('devices.enter.title')}</h2>
      {byBadge && <BadgeEntry onIn={onIn} onBack={() => setByBadge(false)} />}
      {entry && <Code key={entry.code} entry={entry} onIn={onIn} onAgain={() => show.mutate()} />}
      {!byBadge && !entry && <p className="secondary">{t('devices.enter.hint')}</p>}
      {!byBadge && (
        <div className={css.foot}>
          {entry ? (
            <Button size="large" onClick={() => setEntry(null)}>
              {t('devices.enter.cancel')}
            </Button>
          ) : (
            <>
              <Button
                type="primary"
                size="large"
                loading={show.isPending}
                onClick={() => show.mutate()}
              >
                {t('devices.enter.show')}
              </Button>
              <Button size="large" onClick={() => setByBadge(true)}>
                {t('devices.enter.badge')}
              </Button>
            </>
          )}
          <Button size="large" type="link" onClick={onPassword}>
            {t('devices.enter.password')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Code({ entry, onIn, onAgain }: { entry: Entry; onIn: () => void; onAgain: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const left = Math.ceil((Date.parse(entry.expires_at) - now) / 1000)
  const over = left <= 0
  const { data: entered } = useQuery({ ...enterQuery(entry.code), enabled: !over })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the telephone has confirmed
  useEffect(() => {
    if (entered) onIn()
  }, [entered])
  if (over)
    return (
      <p role="status">
        {t('devices.enter.over')}{' '}
        <Button size="large" type="primary" onClick={onAgain}>
          {t('devices.enter.again')}
        </Button>
      </p>
    )
  return (
    <div className={css.entry}>
      <img src={entry.qr} alt={t('devices.enter.qr')} width={200} height={200} />
      <div>
        <p>{t('devices.enter.how')}</p>
        <output className={css.code}>
          {entry.code.slice(0, 3)} {entry.code.slice(3)}
        </output>
        <p className="secondary">{t('devices.enter.left', { count: left })}</p>
      </div>
    </div>
  )
}
