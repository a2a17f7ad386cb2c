/** 人员: who works where, with which roles, licence and registrations; one's own are changed in a drawer. */
import { PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Segmented, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSession } from '../../api/session'
import { ErrorState } from '../../kit/ErrorState'
import { ImportLink } from '../../kit/ImportLink'
import { PageHead } from '../../kit/PageHead'
import { usePeopleWords } from '../../kit/people'
import { Busy, PanelSkeleton } from '../../kit/Skeletons'
import { Picked } from './Picked'
import { type Asked, hospitalsQuery, peopleAsked, peopleQuery, SHOWN, type Shown } from './queries'
import { StaffDrawer } from './StaffDrawer'
import { StaffTable } from './StaffTable'
import css from './staff.module.css'

/** What is asked for stands in the address: it survives a reload and can be sent to a colleague. */
function useAsked() {
  const [search, setSearch] = useSearchParams()
  const asked = peopleAsked(search)
  const set = (change: Record<string, string>) =>
    setSearch(
      (old) => {
        for (const [key, value] of Object.entries(change))
          if (value) old.set(key, value)
          else old.delete(key)
        return old
      },
      { replace: true },
    )
  return { asked, person: search.get('person'), at: search.get('at'), set }
}

export function Component() {
  const { t } = useTranslation()
  const { asked, person, at, set } = useAsked()
  const q = useDeferredValue(asked.q)
  const { data, error, refetch } = useQuery(peopleQuery({ ...asked, q }))
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  return (
    <>
      <PageHead
        title={t('staff.title')}
        note={data && t('staff.note', { hospitals: String(data.hospitals), n: String(data.all) })}
      />
      <div className={css.page}>
        <Filters asked={asked} counts={data} set={set} />
        {!data && error && (
          <ErrorState error={error} what={t('staff.title')} onRetry={() => void refetch()} />
        )}
        {!data && !error && (
          <Busy what={t('staff.title')}>
            <PanelSkeleton rows={12} cells={[120, 140, '30%', 90, 120]} />
          </Busy>
        )}
        {data && (
          <StaffTable
            page={data}
            asked={asked}
            open={person}
            picked={picked}
            onPick={setPicked}
            onOpen={(id) => set({ person: id })}
            onPage={(n) => set({ page: n ? String(n) : '' })}
            onAll={() => set({ q: '', hospital: '', show: '', page: '' })}
          />
        )}
      </div>
      <Picked ids={[...picked]} onDone={() => setPicked(new Set())} />
      {person && (
        <StaffDrawer key={person} id={person} at={at} onClose={() => set({ person: '', at: '' })} />
      )}
    </>
  )
}

type Counts = { all: number; ending: number; disabled: number } | undefined
type FiltersProps = {
  asked: Asked
  counts: Counts
  set: (change: Record<string, string>) => void
}

function Filters({ asked, counts, set }: FiltersProps) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { actor } = useSession()
  const { data: hospitals } = useQuery(hospitalsQuery())
  const [q, setQ] = useState(asked.q)
  const own = hospitals?.items.some(({ id, may_edit }) => id === actor.hospital_id && may_edit)
  return (
    <div className={css.filters}>
      <Input
        className={css.search ?? ''}
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        aria-label={t('staff.search')}
        placeholder={t('staff.search')}
        value={q}
        onChange={({ target }) => {
          setQ(target.value)
          set({ q: target.value.trim(), page: '' })
        }}
      />
      {(hospitals?.items.length ?? 0) > 1 && (
        <Select
          aria-label={t('staff.hospital')}
          value={asked.hospital}
          onChange={(value) => set({ hospital: value, page: '' })}
          options={[
            { value: '', label: t('staff.all_hospitals') },
            ...(hospitals?.items ?? []).map(({ id }) => ({ value: id, label: hospital(id) })),
          ]}
        />
      )}
      <Segmented<Shown>
        aria-label={t('staff.filter')}
        value={asked.shown}
        onChange={(value) => set({ show: value === 'all' ? '' : value, page: '' })}
        options={SHOWN.map((value) => ({
          value,
          label: (
            <span className={value === 'ending' && counts?.ending ? 'soon' : ''}>
              {t(`staff.shown.${value}`, { n: String(counts?.[value] ?? '') })}
            </span>
          ),
        }))}
      />
      <span className={css.acts}>
        {own && <ImportLink kind="staff">{t('staff.import')}</ImportLink>}
        {own && (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => set({ person: 'new' })}>
            {t('staff.add')}
          </Button>
        )}
      </span>
    </div>
  )
}
