/** On one's own telephone: signs in at the device that shows this code, after saying which device it is. */
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { Field } from '../../kit/Field'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import css from './devices.module.css'

type Entry = Schemas['CodeDeviceOut']

export function Component() {
  const { t } = useTranslation()
  const [given] = useSearchParams()
  const [code, setCode] = useState(given.get('code') ?? '')
  const [found, setFound] = useState<Entry | null>(null)
  const [done, setDone] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const text = useProblemText()
  const refused = (problem: Error) => {
    setFound(null)
    setWrong(text(problem))
    return true
  }
  const look = useAct<string, Entry>({
    run: (typed) => body(client.POST('/api/device-codes/look', { body: { code: typed } })),
    onDone: setFound,
    onProblem: refused,
  })
  const confirm = useAct({
    run: () => body(client.POST('/api/device-codes/confirm', { body: { code } })),
    onDone: () => setDone(true),
    onProblem: refused,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the code that the QR code brought
  useEffect(() => {
    if (code) look.mutate(code)
  }, [])
  return (
    <>
      <PageHead title={t('devices.confirm.title')} note={t('devices.confirm.note')} />
      <div className={css.page}>
        <Panel title={t('devices.confirm.title')}>
          {done && found ? (
            <Notice tone="done">{t('devices.confirm.done', { name: found.name })}</Notice>
          ) : found ? (
            <Found
              entry={found}
              busy={confirm.isPending}
              onConfirm={() => confirm.mutate()}
              onBack={() => setFound(null)}
            />
          ) : (
            <Typed
              code={code}
              wrong={wrong}
              busy={look.isPending}
              onChange={(next) => {
                setCode(next)
                setWrong(null)
              }}
              onSend={() => look.mutate(code)}
            />
          )}
        </Panel>
      </div>
    </>
  )
}

type TypedProps = {
  code: string
  wrong: string | null
  busy: boolean
  onChange: (code: string) => void
  onSend: () => void
}

function Typed({ code, wrong, busy, onChange, onSend }: TypedProps) {
  const { t } = useTranslation()
  return (
    <div className={css.typed}>
      <Field label={t('devices.confirm.code')} hint={t('devices.confirm.code_hint')} error={wrong}>
        {(ids) => (
          <Input
            {...ids}
            size="large"
            inputMode="numeric"
            autoComplete="off"
            maxLength={20}
            value={code}
            onChange={({ target }) => onChange(target.value)}
            onPressEnter={() => code.trim() && onSend()}
          />
        )}
      </Field>
      <Button type="primary" size="large" loading={busy} disabled={!code.trim()} onClick={onSend}>
        {t('devices.confirm.look')}
      </Button>
    </div>
  )
}

type FoundProps = { entry: Entry; busy: boolean; onConfirm: () => void; onBack: () => void }

function Found({ entry, busy, onConfirm, onBack }: FoundProps) {
  const { t, i18n } = useTranslation()
  const { actor } = useSession()
  const english = i18n.language === 'en'
  const place = english
    ? [entry.hospital_en || entry.hospital, entry.venue_en || entry.venue]
    : [entry.hospital, entry.venue]
  return (
    <div className={css.typed}>
      <p>{t('devices.confirm.sure', { name: (english && actor.name_en) || actor.name })}</p>
      <p className={css.found}>
        <b>{entry.name}</b>
        <span>{[t(`devices.kind.${entry.kind}`), ...place].filter(Boolean).join(' · ')}</span>
      </p>
      <p className="secondary">{t('devices.confirm.beside')}</p>
      <div className={css.acts}>
        <Button type="primary" size="large" loading={busy} onClick={onConfirm}>
          {t('devices.confirm.go')}
        </Button>
        <Button size="large" onClick={onBack}>
          {t('devices.confirm.not')}
        </Button>
      </div>
    </div>
  )
}
