/** Everything that waits for me, by when; the filter lives in the URL. */
import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { Schemas } from '../../api/client'
import { useRole } from '../../api/session'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { paths } from '../../paths'
import { workQuery } from './queries'
import { Rows } from './Rows'
import { asGroup, countOf, GROUPS, type Group, inGroup } from './sections'
import type { Waiting } from './view'
import css from './WorkList.module.css'

// The drawer and its forms are fetched when somebody looks, not before.
const Preview = lazy(() => import('./Preview'))

const STEP = 40 // as many as home brings
const MOST = 400

export function WorkList({ work }: { work: Schemas['WorkList'] }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const [looking, setLooking] = useState<string | null>(null)
  const navigate = useNavigate()
  const mayRequest = useRole('requesting_doctor')
  const group = asGroup(search.get('group'))
  const { items, all, most, more } = useWork(group, work)
  // An item that was done leaves the list, and its preview with it.
  const looked = items.find(({ id }) => id === looking) ?? null
  const anything = countOf('all', work.waiting) > 0
  return (
    <Panel
      title={t('home.work')}
      extra={
        <span className={css.extra}>
          {anything && <Filter group={group} waiting={work.waiting} />}
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
      {!anything && <EmptyState title={t('home.done')} hint={t('home.done_hint')} />}
      {anything && all === 0 && (
        <EmptyState
          title={t('home.none_group')}
          action={<Link to={paths.home()}>{t('home.show_all')}</Link>}
        />
      )}
      <Rows items={items} whole={items.length === all} looking={looking} onLook={setLooking} />
      {items.length < all && (
        <div className={css.more}>
          {most < MOST ? (
            <Button onClick={more}>
              {t('home.more_work', { shown: `${items.length}`, all: `${all}` })}
            </Button>
          ) : (
            t('home.most_work', { shown: `${items.length}`, all: `${all}` })
          )}
        </div>
      )}
      {looked && (
        <Suspense fallback={null}>
          <Preview item={looked} onClose={() => setLooking(null)} />
        </Suspense>
      )}
    </Panel>
  )
}

function Filter({ group, waiting }: { group: Group; waiting: Waiting }) {
  const { t } = useTranslation()
  const [, setSearch] = useSearchParams()
  const groups = GROUPS.filter((value) => value === 'all' || countOf(value, waiting) > 0)
  return (
    <Segmented
      aria-label={t('home.filter')}
      value={group}
      options={groups.map((value) => ({
        value,
        label: `${t(`home.groups.${value}`)} ${countOf(value, waiting)}`,
      }))}
      onChange={(value) =>
        setSearch((old) => {
          old.set('group', value)
          return old
        })
      }
    />
  )
}

/** The items of a filter as far as they are shown, and how many there are in `all`. */
function useWork(group: Group, work: Schemas['WorkList']) {
  const [step, setStep] = useState({ group, most: STEP })
  const most = step.group === group ? step.most : STEP
  const all = countOf(group, work.waiting)
  const here = inGroup(group, work.items)
  const enabled = here.length < Math.min(all, most)
  const { data } = useQuery({ ...workQuery(group, most), enabled })
  const items = enabled ? (data?.items ?? here) : here
  return { items, all, most, more: () => setStep({ group, most: Math.min(most + STEP, MOST) }) }
}
