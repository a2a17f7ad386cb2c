/** The bell: how much of what this person was told is new; the list loads when it is opened. */
import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../kit/useAct'
import css from './notices.module.css'
import { noticesQuery } from './queries'
import { useNews } from './useNews'
import { read, useSeenHere } from './useSeenHere'

const NoticesDrawer = lazy(() => import('./NoticesDrawer'))

/** `apart`: somebody is in a call or looks at images. What it leads to opens in a tab of its own, and nothing sounds. */
export default function Notices({ apart = false }: { apart?: boolean }) {
  const { t } = useTranslation()
  const { data } = useQuery(noticesQuery())
  useNews(data, apart)
  const [open, setOpen] = useState(false)
  const count = data?.new ?? 0
  const items = data?.items ?? []
  const [latest] = items
  useSeenHere(items)
  const see = useAct({
    run: (id: string) => read(id, null),
    changes: { notices: '*' },
  })
  const show = () => {
    setOpen(true)
    if (latest && count > 0) see.mutate(latest.id)
  }
  return (
    <>
      <button
        type="button"
        className={`${css.bell} ${apart ? css.apart : ''}`}
        aria-label={t('notices.bell', { count })}
        onClick={show}
      >
        <BellOutlined aria-hidden />
        {count > 0 && <span className={css.count}>{count}</span>}
      </button>
      {open && (
        <Suspense fallback={null}>
          <NoticesDrawer items={items} apart={apart} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
