/** What is typed, and what was found: a list that the arrow keys walk through. */
import { Modal } from 'antd'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { closing } from '../../kit/closing'
import { useFocusBack } from '../../kit/useFocusBack'
import css from './search.module.css'
import { type Hit, useSearch } from './useSearch'

/** `typed`: what was typed before this was loaded. */
type Props = { typed: string; onClose: () => void }

export default function SearchDialog({ typed, onClose }: Props) {
  const { t } = useTranslation()
  useFocusBack()
  const navigate = useNavigate()
  const id = useId()
  const [q, setQ] = useState(typed)
  const [at, setAt] = useState(0)
  const { groups, state } = useSearch(q.trim())
  const hits = groups.flatMap((group) => group.hits)
  const chosen = Math.min(at, hits.length - 1)
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    if (hit.to.startsWith('tel:')) window.location.assign(hit.to)
    else void navigate(hit.to)
  }
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.nativeEvent.isComposing || hits.length === 0) return
    // While it searches, what stands there was found for what was typed before.
    if (event.key === 'Enter') state !== 'busy' && go(hits[chosen])
    else if (step) setAt((chosen + step + hits.length) % hits.length)
    else return
    event.preventDefault()
  }
  return (
    <Modal open footer={null} title={t('search.title')} width={600} onCancel={closing(onClose)}>
      <input
        className={css.field}
        // biome-ignore lint/a11y/noAutofocus: a window that one opens to type in
        autoFocus
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-list`}
        {...(hits.length > 0 ? { 'aria-activedescendant': `${id}-${chosen}` } : {})}
        placeholder={t('search.placeholder')}
        maxLength={60}
        value={q}
        onChange={(event) => {
          setQ(event.target.value)
          setAt(0)
        }}
        onKeyDown={walk}
      />
      <div id={`${id}-list`} className={css.list} role="listbox" aria-label={t('search.found')}>
        {groups.map(({ name, hits: some }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options of a listbox
          <div key={name} role="group" aria-label={t(`search.group.${name}`)}>
            <p className={css.group} aria-hidden="true">
              {t(`search.group.${name}`)}
            </p>
            {some.map((hit) => {
              const n = hits.indexOf(hit)
              return (
                <Option
                  key={hit.key}
                  id={`${id}-${n}`}
                  hit={hit}
                  chosen={n === chosen}
                  onChoose={() => go(hit)}
                />
              )
            })}
          </div>
        ))}
      </div>
      <p className="secondary small" role="status">
        {t(`search.state.${hits.length > 0 && state === 'none' ? 'keys' : state}`)}
      </p>
    </Modal>
  )
}

type OptionProps = { id: string; hit: Hit; chosen: boolean; onChoose: () => void }

function Option({ id, hit, chosen, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the option
    <div
      id={id}
      role="option"
      className={css.hit}
      aria-selected={chosen}
      ref={(row) => {
        if (chosen) row?.scrollIntoView?.({ block: 'nearest' })
      }}
      onClick={onChoose}
    >
      <b>{hit.title}</b>
      <span className="secondary">{hit.note}</span>
    </div>
  )
}
