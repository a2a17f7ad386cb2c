/** The screen of a cart or a room's computer at which nobody has signed in: its code, or its next meetings. No patient
 *  data. */
import { type UseMutationResult, useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem, Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { LanguageSwitch } from '../../kit/LanguageSwitch'
import { Notice } from '../../kit/Notice'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import { AtWork } from './AtWork'
import { CallBox } from './CallBox'
import { EnterHere } from './EnterHere'
import { Meetings } from './Meetings'
import { callCentre, hereQuery, newCode, type Registered, takeDevice, takenBy } from './queries'
import { SelfTest } from './SelfTest'
import css from './screen.module.css'
import { useCall } from './useCall'

export function Component() {
  const [secret] = useState(() => takenBy(location.hash))
  const taking = useQuery({
    queryKey: ['device', 'take', secret],
    queryFn: async () => {
      await takeDevice(secret ?? '')
      history.replaceState(null, '', location.pathname)
      return true
    },
    enabled: secret !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { data, error, refetch } = useQuery({
    ...hereQuery(),
    enabled: secret === null || taking.isFetched,
  })
  const code = useMutation<Schemas['CodeOut'], Problem>({
    mutationFn: newCode,
    onSuccess: () => void refetch(),
  })
  const registered = data?.registered
  const made = useCall(data)
  const [byPassword, setByPassword] = useState(false)
  const gone = () => {
    setByPassword(false)
    void refetch()
  }
  if (registered && (registered.person || byPassword))
    return <AtWork here={registered} made={made} onIn={() => void refetch()} onGone={gone} />
  return (
    <main id="main" className={css.page}>
      <Head here={registered} />
      {registered ? (
        <>
          {made && <CallBox made={made} />}
          <Meetings here={registered} />
          <EnterHere onIn={() => void refetch()} onPassword={() => setByPassword(true)} />
          <SelfTest signalingUrl={data.signaling_url} due={registered.test_due} />
        </>
      ) : (
        (data || error) && <Unregistered waits={Boolean(data)} error={error} code={code} />
      )}
      {registered && <Foot here={registered} />}
    </main>
  )
}

function Head({ here }: { here: Registered | null | undefined }) {
  const { t, i18n } = useTranslation()
  const { time } = useFormat()
  const now = useNow()
  const english = i18n.language === 'en'
  const place = here && (english ? [here.hospital_en, here.venue_en] : [here.hospital, here.venue])
  return (
    <header className={css.head}>
      <div>
        <h1>{here?.name ?? t('devices.screen.title')}</h1>
        {here && (
          <p className="secondary">
            {[t(`devices.kind.${here.kind}`), ...(place ?? [])].filter(Boolean).join(' · ')}
          </p>
        )}
      </div>
      <span className={css.clock}>{time(new Date(now).toISOString())}</span>
      <LanguageSwitch />
    </header>
  )
}

type UnregisteredProps = {
  /** A code was shown and may still be entered. */
  waits: boolean
  error: Problem | null
  code: UseMutationResult<Schemas['CodeOut'], Problem, void>
}

function Unregistered({ waits, error, code }: UnregisteredProps) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const text = useProblemText()
  const shown = waits ? code.data : undefined
  const other = error && error.extra.reason !== 'no_device' ? error : code.error
  return (
    <section className={css.card}>
      {shown ? (
        <>
          <p>{t('devices.screen.code')}</p>
          <output className={css.code}>
            {shown.code.slice(0, 4)} {shown.code.slice(4)}
          </output>
          <p className="secondary">
            {t('devices.screen.code_until', { at: time(shown.expires_at) })}
          </p>
        </>
      ) : (
        <>
          <h2>{t('devices.screen.new')}</h2>
          <p className="secondary">
            {t(waits ? 'devices.screen.code_lost' : 'devices.screen.new_hint')}
          </p>
        </>
      )}
      {other && <Notice tone="urgent">{text(other)}</Notice>}
      <Button
        type={shown ? 'default' : 'primary'}
        size="large"
        loading={code.isPending}
        onClick={() => code.mutate()}
      >
        {t(waits ? 'devices.screen.code_again' : 'devices.screen.show_code')}
      </Button>
    </section>
  )
}

function Foot({ here }: { here: Registered }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const call = useAct({ run: callCentre, changes: { device: 'here' } })
  return (
    <footer className={css.foot}>
      <Button
        size="large"
        loading={call.isPending}
        disabled={here.called_at !== null}
        onClick={() => call.mutate()}
      >
        {t('devices.screen.call')}
      </Button>
      <p role="status">
        {here.called_at && t('devices.screen.called', { at: time(here.called_at) })}
      </p>
      {here.phone && (
        <p>
          {t('devices.screen.phone')} <b>{here.phone}</b>
        </p>
      )}
    </footer>
  )
}
