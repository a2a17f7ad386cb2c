/** Everything that waits for me, by when; the filter lives in the URL. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useNow } from '../../api/clock'
import { useRole } from '../../api/session'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { paths } from '../../paths'
import { Item } from './Item'
import { asGroup, GROUPS, inGroup, once, sections } from './sections'
import type { Work } from './view'
import css from './WorkList.module.css'

// The drawer and its forms are fetched when somebody looks, not before.
const Preview = lazy(() => import('./Preview'))

export function WorkList({ items: all }: { items: Work[] }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [looking, setLooking] = useState<string | null>(null)
  const navigate = useNavigate()
  const mayRequest = useRole('requesting_doctor')
  const now = useNow()
  const items = once(all)
  const group = asGroup(search.get('group'))
  const shown = sections(inGroup(group, items), now)
  // An item that was done leaves the list, and its preview with it.
  const looked = items.find(({ id }) => id === looking) ?? null
  const groups = GROUPS.filter((value) => value === 'all' || inGroup(value, items).length > 0)

  const filter = (
    <Segmented
      aria-label={t('home.filter')}
      value={group}
      options={groups.map((value) => ({
        value,
        label: `${t(`home.groups.${value}`)} ${inGroup(value, items).length}`,
      }))}
      onChange={(value) =>
        setSearch((old) => {
          old.set('group', value)
          return old
        })
      }
    />
  )
  return (
    <Panel
      title={t('home.work')}
      extra={
        <span className={css.extra}>
          {items.length > 0 && filter}
          {mayRequest && (
            <Button
              icon={<PlusOutlined aria-hidden />}
              onClick={() => void navigate(paths.newRequest())}
            >
              {t('consultation.new_request')}
            </Button>
          )}
        </span>
      }
    >
      {items.length === 0 && <EmptyState title={t('home.done')} hint={t('home.done_hint')} />}
      {items.length > 0 && shown.length === 0 && (
        <EmptyState
          title={t('home.none_group')}
          action={<Link to={paths.home()}>{t('home.show_all')}</Link>}
        />
      )}
      {shown.map((section) => (
        <div key={section.name}>
          <h3 className={`${css.section} ${section.name === 'late' ? css.late : ''}`}>
            {t(`home.${section.name}`)} {section.items.length}
          </h3>
          <ul aria-label={t(`home.${section.name}`)}>
            {section.items.map((item) => (
              <Item
                key={item.id}
                item={item}
                chosen={item.id === looking}
                onLook={() => setLooking(item.id)}
              />
            ))}
          </ul>
        </div>
      ))}
      {looked && (
        <Suspense fallback={null}>
          <Preview item={looked} onClose={() => setLooking(null)} />
        </Suspense>
      )}
    </Panel>
  )
}
