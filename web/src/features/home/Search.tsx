/** Search from every page with the top bar: its button in the top bar, and its keys, which work from the first moment. */
import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { freeFor, isOurs } from '../../kit/shortcuts'

const SearchDialog = lazy(() => import('./SearchDialog'))

const asks = (event: KeyboardEvent) =>
  event.ctrlKey || event.metaKey
    ? event.key.toLowerCase() === 'k' && isOurs(event)
    : event.key === '/' && !event.altKey && freeFor(event)

/** A letter for which there is no field yet. */
const isLetter = (event: KeyboardEvent) =>
  event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && freeFor(event)

export function Search() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  /** What was typed before the window was loaded. */
  const [early, setEarly] = useState('')
  const close = () => {
    setOpen(false)
    setEarly('')
  }
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (open && isLetter(event)) setEarly((typed) => typed + event.key)
      else if (!open && asks(event)) setOpen(true)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', heard)
    return () => window.removeEventListener('keydown', heard)
  }, [open])
  return (
    <>
      <Button
        type="text"
        icon={<SearchOutlined aria-hidden />}
        aria-label={t('search.open')}
        aria-keyshortcuts="/ Control+K"
        title={t('search.open_hint')}
        onClick={() => setOpen(true)}
      />
      {open && (
        <Suspense fallback={null}>
          <SearchDialog typed={early} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
