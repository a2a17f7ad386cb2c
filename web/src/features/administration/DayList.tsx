/** Enters many days from a list: pasted or from a file, looked at line by line before anything is written. */
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import { useAct } from '../../kit/useAct'
import css from './administration.module.css'
import { decoded } from './decoded'
import { useKnown } from './ladderWords'
import { useSaveDays } from './queries'
import type { Whose } from './year'

type Read = Schemas['ListOut']

export function DayList({ whose }: { whose: Whose }) {
  const { t } = useTranslation()
  const file = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [read, setRead] = useState<Read | null>(null)
  const of_all = whose === 'all'
  const write = (next: string) => {
    setText(next)
    setRead(null)
  }
  const look = useAct({
    run: (list: string) =>
      body(client.POST('/api/admin/calendar/read', { body: { of_all, text: list } })),
    onDone: setRead,
  })
  const save = useSaveDays(() => write(''))
  const pick = async (picked: File | undefined) => {
    if (!picked) return
    const list = decoded(await picked.arrayBuffer())
    write(list)
    look.mutate(list)
  }
  return (
    <Panel title={t(of_all ? 'workdays.list_all' : 'workdays.list_own')}>
      <div className={css.editor}>
        <Field label={t('workdays.list')} hint={t('workdays.list_hint')}>
          {(ids) => (
            <Input.TextArea
              {...ids}
              rows={5}
              value={text}
              placeholder={t('workdays.list_example')}
              onChange={({ target }) => write(target.value)}
            />
          )}
        </Field>
        <div className={css.acts}>
          <input
            ref={file}
            type="file"
            hidden
            accept=".csv,.txt,.ics,text/csv,text/calendar,text/plain"
            aria-label={t('workdays.file')}
            onChange={({ target }) => {
              void pick(target.files?.[0])
              target.value = ''
            }}
          />
          <Button onClick={() => file.current?.click()}>{t('workdays.file')}</Button>
          <Button
            disabled={!text.trim()}
            loading={look.isPending}
            onClick={() => look.mutate(text)}
          >
            {t('workdays.look')}
          </Button>
        </div>
        {read && <Preview read={read} />}
        {read && read.changes.length > 0 && (
          <div className={css.acts}>
            <Button
              type="primary"
              loading={save.isPending}
              onClick={() => save.mutate({ of_all, days: daysOf(read) })}
            >
              {t('workdays.enter', { count: read.changes.length })}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

const daysOf = (read: Read) =>
  read.changes.map(({ date, before, kind, name }) => ({ date, before, kind, name }))

function Preview({ read: { changes, same, refused, more_refused: more } }: { read: Read }) {
  const { t } = useTranslation()
  const known = useKnown()
  const kind = (of: Schemas['DayKind'] | null) => t(`workdays.kind.${of ?? 'none'}`)
  return (
    <div className={css.stack} role="status">
      <p>
        {t('workdays.found', {
          changes: String(changes.length),
          same: String(same),
          refused: String(refused.length + more),
        })}
      </p>
      {changes.length > 0 && (
        <ul className={css.found} aria-label={t('workdays.changes')}>
          {changes.map(({ date, before, kind: after, name }) => (
            <li key={date}>
              <span>{date}</span>
              <span>{t('workdays.becomes', { before: kind(before), after: kind(after) })}</span>
              <span className="secondary">{name}</span>
            </li>
          ))}
        </ul>
      )}
      {refused.length > 0 && (
        <ul className={css.found} aria-label={t('workdays.refused')}>
          {refused.map(({ line, text, reason }) => (
            <li key={line + text}>
              <span className="late">{t('workdays.line', { n: String(line) })}</span>
              <span className="late">{known(`workdays.why.${reason}`, 'workdays.why.other')}</span>
              <span className="secondary">{text}</span>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="secondary">{t('workdays.more_refused', { count: more })}</p>}
    </div>
  )
}
