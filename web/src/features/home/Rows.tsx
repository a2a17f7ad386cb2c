/** What waits, by when, row by row; what is approved with one click may be approved together. */
import { type KeyboardEvent, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import type { OneClick } from './how'
import { Item } from './Item'
import { sections } from './sections'
import { Together } from './Together'
import { useRowFocus } from './useRowFocus'
import { MANY, useTogether } from './useTogether'
import type { Work } from './view'
import css from './WorkList.module.css'

type Props = {
  items: Work[]
  /** Whether these are all there are. */
  whole: boolean
  looking: string | null
  onLook: (id: string) => void
}

export function Rows({ items, whole, looking, onLook }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const list = useRef<HTMLDivElement>(null)
  const together = useTogether(items)
  const { waiting, ticked, open, undoable, tick } = together
  const { toNext, toFirst, ...focus } = useRowFocus(list, items.map(({ id }) => id).join())
  const ticking = open.length >= MANY
  const give = (item: Work, act: OneClick) => {
    together.give({ item, act })
    toNext(item.id)
  }
  /** Then the buttons of many are gone, and the focus is at what is left. */
  const withMany = (change: () => void) => () => {
    flushSync(change)
    toFirst()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form
    <div
      ref={list}
      role="group"
      tabIndex={-1}
      className={ticking || undoable.length > 0 ? css.ticking : undefined}
      onKeyDown={oncePerPress}
      {...focus}
    >
      {sections(items, now).map((section) => (
        <div key={section.name}>
          <h3 className={`${css.section} ${section.name === 'late' ? css.late : ''}`}>
            {t(`home.${section.name}`)} {whole ? section.items.length : ''}
          </h3>
          <ul aria-label={t(`home.${section.name}`)}>
            {section.items.map((item) => (
              <Item
                key={item.id}
                item={item}
                chosen={item.id === looking}
                sentAt={waiting.get(item.id)}
                ticked={
                  ticking && open.some((one) => one.item === item) ? ticked.has(item.id) : null
                }
                onTick={(on) => tick(item.id, on)}
                onLook={() => onLook(item.id)}
                onApprove={(act) => give(item, act)}
                onTakeBack={() => together.takeBack(item.id)}
              />
            ))}
          </ul>
        </div>
      ))}
      <Together
        chosen={together.chosen.length}
        undoable={undoable.length}
        onGive={withMany(() => together.give(...together.chosen))}
        onTakeBack={withMany(() => together.takeBack(...undoable))}
        onUntick={together.untick}
      />
    </div>
  )
}

/** A held Enter does one thing: the focus goes from row to row, and would approve them all. */
function oncePerPress(event: KeyboardEvent): void {
  if (event.repeat && event.key === 'Enter') event.preventDefault()
}
