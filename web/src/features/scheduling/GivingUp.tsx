/** What was booked before in a time that is entered, or moved there: for each, whether it is given up or kept. */
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clash } from '../../consultation/bookings'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import type { Kind } from './BusyForm'
import css from './givingUp.module.css'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

export type Over = {
  clashes: readonly Clash[]
  givable: ReadonlySet<string>
  /** Somebody arranges these, and is told why they are given up. */
  arranged: ReadonlySet<string>
}
export type Decided = { given_up: string[]; kept: string[]; words: string }

/** Who is away or what is closed cannot be there; beside a clinic or a meeting, what was booked first stays. */
const ABSENT: ReadonlySet<Kind> = new Set(['leave', 'maintenance'])

type Props = {
  over: Over
  kind: Kind
  save: string
  zone: string
  busy: boolean
  onSave: (decided: Decided) => void
  onClose: () => void
}

export function GivingUp({ over, kind, save, zone, busy, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { what, bookedBy } = useBookingWords()
  const [chosen, setChosen] = useState<Record<string, boolean>>({})
  const [why, setWhy] = useState<string>(t(`taken.kind.${kind}`))
  const gives = (id: string) => over.givable.has(id) && (chosen[id] ?? ABSENT.has(kind))
  const ids = over.clashes.map(({ booking_id }) => booking_id)
  const givenUp = ids.filter(gives)
  const tells = givenUp.some((id) => over.arranged.has(id))
  const mute = tells && !why.trim()
  return (
    <Dialog
      title={t('scheduling.over.title', { n: String(ids.length) })}
      confirm={save}
      busy={busy}
      refusal={mute ? t('scheduling.over.why_needed') : null}
      onConfirm={() =>
        onSave({
          given_up: givenUp,
          kept: ids.filter((id) => !gives(id)),
          words: tells ? why.trim() : '',
        })
      }
      onClose={onClose}
    >
      <p className="secondary">{t('scheduling.over.hint')}</p>
      <ul className={css.list}>
        {over.clashes.map((clash) => {
          const id = clash.booking_id
          const label = t('scheduling.over.of', {
            time: words.span(spanOf(clash)),
            what: what(clash),
          })
          return (
            <li key={id} className={css.row}>
              <div>
                <b>{label}</b>
                <div className="secondary small">
                  {over.givable.has(id)
                    ? t('scheduling.by', { name: bookedBy(clash) })
                    : t('scheduling.over.stays')}
                </div>
              </div>
              <Radio.Group
                aria-label={label}
                value={gives(id)}
                disabled={!over.givable.has(id)}
                onChange={({ target }) => setChosen({ ...chosen, [id]: target.value as boolean })}
                options={[
                  {
                    value: true,
                    label: over.arranged.has(id)
                      ? t('scheduling.over.give_up')
                      : t('scheduling.take_back'),
                  },
                  { value: false, label: t('scheduling.over.keep') },
                ]}
              />
            </li>
          )
        })}
      </ul>
      {tells && (
        <Field label={t('scheduling.over.why')} required>
          {(ids) => (
            <Input
              {...ids}
              value={why}
              maxLength={200}
              onChange={(event) => setWhy(event.target.value)}
            />
          )}
        </Field>
      )}
    </Dialog>
  )
}
