/** Makes sure who lies in the bed: by the wristband, read at the bed; or said aloud and ticked by two people. */
import { LoadingOutlined, ScanOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, type InputRef } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import { usePeopleWords } from '../../../kit/people'
import css from './bed.module.css'
import { useLive } from './context'
import { type Item, isRunning } from './queries'

/** `scan`: another way to read a wristband, where there is one. */
type Scan = (check: (number: string) => Promise<void>) => ReactNode
type Props = { item: Item; scan?: Scan | undefined }

export function Identify({ item, scan }: Props) {
  const { t } = useTranslation()
  const { round, is } = useLive()
  if (item.identified_at || !isRunning(round)) return null
  return (
    <section className={css.identify} aria-label={t('rounds_live.identify.title')}>
      <b>{t('rounds_live.identify.title')}</b>
      {is('doctor', 'nurse') && <Wristband item={item} scan={scan} />}
      <Spoken item={item} />
    </section>
  )
}

/** A hand scanner types into the field that has the focus, and ends with Enter. */
function Wristband({ item, scan }: Props) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  const field = useRef<InputRef>(null)
  const [number, setNumber] = useState('')
  /** If it is another's, every screen of the round says so (Alarm). */
  const check = async (typed: string) => {
    const read = typed.trim()
    if (!read) return
    setNumber('')
    await act({ kind: 'identify', item_id: item.id, how: 'wristband', number: read })
    field.current?.focus()
  }
  return (
    <form
      className={css.wristband}
      onSubmit={(event) => {
        event.preventDefault()
        void check(number)
      }}
    >
      <Input
        ref={field}
        autoFocus
        autoComplete="off"
        prefix={<ScanOutlined aria-hidden />}
        aria-label={t('rounds_live.identify.number')}
        placeholder={t('rounds_live.identify.number')}
        maxLength={200}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      {/* Not `loading`, in which it takes no Enter: after a wrong wristband the right one is read within a second. */}
      <Button htmlType="submit" icon={pending('identify') && <LoadingOutlined aria-hidden />}>
        {t('rounds_live.identify.check')}
      </Button>
      {scan?.(check)}
    </form>
  )
}

function Spoken({ item }: { item: Item }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = usePeopleWords()
  const { act, is, pending } = useLive()
  const heard = item.identified_by
  const mine = heard.some(({ id }) => id === actor.id)
  const who = heard.map(named).join(t('state.comma'))
  return (
    <div>
      {is('lead', 'doctor', 'nurse') && (
        <Checkbox
          checked={mine}
          disabled={mine || pending('identify')}
          onChange={() => void act({ kind: 'identify', item_id: item.id, how: 'spoken' })}
        >
          {t('rounds_live.identify.spoken')}
        </Checkbox>
      )}
      <p className="secondary small" role="status">
        {heard.length > 0 ? t('rounds_live.identify.one', { who }) : t('rounds_live.identify.two')}
      </p>
    </div>
  )
}
