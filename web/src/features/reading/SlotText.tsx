/** A text with slots: F2 goes to the next, a digit takes one of its options. */
import { Button, Input } from 'antd'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldIds } from '../../kit/Field'
import css from './report.module.css'
import { before, filled, type Slot, slotFrom, slotsOf } from './slots'

/** Where text of elsewhere goes, and what is marked there; both as they are when asked. */
export type Caret = {
  /** `stay`: whoever types elsewhere goes on there. */
  insert: (text: string, stay?: boolean) => void
  marked: () => string
}

type Props = {
  ids: FieldIds
  text: string
  rows: number
  placeholder: string
  readOnly: boolean
  onType: (text: string) => void
  /** Called whenever it has the caret. */
  onCaret: (caret: Caret) => void
}

export function SlotText({ ids, text, rows, placeholder, readOnly, onType, onCaret }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const [at, setAt] = useState(0)
  const then = useRef<{ at: number; toSlot: boolean; stay: boolean } | null>(null)
  const slot = readOnly ? null : slotFrom(text, at)

  const mark = ({ start, end }: Slot) => {
    area.current?.focus()
    area.current?.setSelectionRange(start, end)
    setAt(start)
  }
  const put = (next: string, place: number, toSlot: boolean, stay = false) => {
    then.current = { at: place, toSlot, stay }
    onType(next)
  }
  const pick = (into: Slot, option: string) => put(filled(text, into, option), into.start, true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the text has been put there
  useLayoutEffect(() => {
    const to = then.current
    if (!to || !area.current) return
    then.current = null
    const next = to.toSlot ? slotFrom(text, to.at) : null
    if (next) return mark(next)
    if (!to.stay) area.current.focus()
    area.current.setSelectionRange(to.at, to.at)
  }, [text])

  const told = (of: HTMLTextAreaElement) => {
    area.current = of
    setAt(of.selectionStart)
    onCaret({
      insert: (said, stay = false) => {
        const { value, selectionStart: start, selectionEnd: end } = of
        put(value.slice(0, start) + said + value.slice(end), start + said.length, false, stay)
      },
      marked: () => of.value.slice(of.selectionStart, of.selectionEnd),
    })
  }
  const key = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart: start, selectionEnd: end } = event.currentTarget
    if (event.key === 'F2') {
      const next = slotFrom(text, end)
      if (next) mark(next)
      return event.preventDefault()
    }
    const marked = slotsOf(text).find((each) => each.start === start && each.end === end)
    const option = marked?.options?.[Number(event.key) - 1]
    if (!marked || option === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    pick(marked, option)
  }
  return (
    <>
      <Input.TextArea
        {...ids}
        className={css.text ?? ''}
        autoSize={{ minRows: rows, maxRows: 14 }}
        readOnly={readOnly}
        value={text}
        placeholder={placeholder}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={key}
        onFocus={({ currentTarget }) => told(currentTarget)}
        onSelect={({ currentTarget }) => told(currentTarget)}
      />
      {slot && <Next text={text} slot={slot} onPick={pick} onGo={mark} />}
    </>
  )
}

type NextProps = {
  text: string
  slot: Slot
  onPick: (slot: Slot, option: string) => void
  onGo: (slot: Slot) => void
}

function Next({ text, slot, onPick, onGo }: NextProps) {
  const { t } = useTranslation()
  return (
    <div className={css.slots}>
      <span className="secondary">
        {t('reading.report.open_slots', { count: slotsOf(text).length })}
      </span>
      <b>{before(text, slot)}</b>
      {slot.options?.map((option, index) => (
        <Button key={option} size="small" onClick={() => onPick(slot, option)}>
          {option} <kbd>{index + 1}</kbd>
        </Button>
      )) ?? (
        <Button size="small" onClick={() => onGo(slot)}>
          {text.slice(slot.start + 1, slot.end - 1)} <kbd>F2</kbd>
        </Button>
      )}
    </div>
  )
}
