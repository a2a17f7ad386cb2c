/** Search from every page with the top bar: its button in the top bar, and its keys. */
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

export default function Search() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (!asks(event)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', heard)
    return () => window.removeEventListener('keydown', heard)
  }, [])
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
          <SearchDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
