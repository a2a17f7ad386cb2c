/** 定期安排: the teleclinics, teaching and other times that come again, of the hospital or of the reader. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { serverNow } from '../../../api/clock'
import { RuleLine } from '../../../consultation/series/RuleLine'
import { useWhenWords } from '../../../consultation/series/words'
import { EmptyState } from '../../../kit/EmptyState'
import { Loaded } from '../../../kit/Loaded'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { siteDay } from '../../../zone'
import { type Series, seriesQuery } from './queries'
import { SeriesDrawer } from './SeriesDrawer'
import css from './series.module.css'
import { useSeriesWords } from './words'

const NEW = 'new'

/** Which is edited: the one that was pressed, or that the address names, whose single times are seen to. */
function useEdited() {
  const [asked, setAsked] = useSearchParams()
  const [pressed, setPressed] = useState<string | null>(null)
  const linked = asked.get('series')
  const put = (id: string | null) => {
    setPressed(id)
    if (linked === null) return
    const rest = new URLSearchParams(asked)
    rest.delete('series')
    setAsked(rest, { replace: true })
  }
  return { edited: pressed ?? linked, single: pressed === null, put }
}

export function Recurring() {
  const { t } = useTranslation()
  const { edited, single, put: setEdited } = useEdited()
  return (
    <Loaded
      query={seriesQuery()}
      what={t('recurring.title')}
      skeleton={<PanelSkeleton rows={2} rowHeight={64} cells={[160, '30%', '20%', 96]} />}
    >
      {({ items, may_plan }) => {
        const add = may_plan ? (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEdited(NEW)}>
            {t('recurring.add')}
          </Button>
        ) : null
        return (
          <Panel title={t('recurring.title')} extra={items.length > 0 && add} tight>
            {items.length === 0 ? (
              <EmptyState
                title={t('recurring.empty')}
                hint={t(may_plan ? 'recurring.empty_to_plan' : 'recurring.empty_hint')}
                action={add}
              />
            ) : (
              <ul className={css.rows} aria-label={t('recurring.title')}>
                {items.map((row) => (
                  <One key={row.id} row={row} onEdit={() => setEdited(row.id)} />
                ))}
              </ul>
            )}
            {(edited === NEW || items.some((row) => row.id === edited && row.may_change)) && (
              <SeriesDrawer
                row={items.find(({ id }) => id === edited) ?? null}
                begins={single ? 'one' : 'all'}
                onClose={() => setEdited(null)}
              />
            )}
          </Panel>
        )
      }}
    </Loaded>
  )
}

function One({ row, onEdit }: { row: Series; onEdit: () => void }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const words = useSeriesWords()
  const what = words.what(row)
  const about = [row.title ? t(`taken.kind.${row.kind}`) : '', row.note].filter(Boolean)
  const by = named({ name: row.planned_by, name_en: row.planned_by_en })
  return (
    <li className={css.row}>
      <span className={css.two}>
        <b>{what}</b>
        {about.length > 0 && <span className="secondary small">{about.join(' · ')}</span>}
      </span>
      <span className={css.two}>
        <RuleLine row={row} />
        <span className="secondary small">{words.whom(row)}</span>
      </span>
      <Next row={row} />
      <span className={css.act}>
        {row.may_change ? (
          <Button aria-label={t('recurring.edit_of', { what })} onClick={onEdit}>
            {t('recurring.edit')}
          </Button>
        ) : (
          by && <span className="secondary small">{t('recurring.by', { name: by })}</span>
        )}
      </span>
    </li>
  )
}

function Next({ row }: { row: Series }) {
  const { t } = useTranslation()
  const when = useWhenWords()
  const ended = row.ends_on !== null && row.ends_on < siteDay(serverNow())
  return (
    <span className={css.two}>
      <span>
        {row.next_at
          ? t('recurring.next', { at: when(row.next_at) })
          : t(ended ? 'recurring.ended' : 'recurring.no_next')}
      </span>
      {row.ends_on && !ended && (
        <span className="secondary small">{t('recurring.ends', { day: row.ends_on })}</span>
      )}
      {row.unbooked > 0 && (
        <>
          <span>
            <Pill tone="stat">{t('recurring.unbooked', { n: String(row.unbooked) })}</Pill>
          </span>
          <span className="secondary small">{t('recurring.unbooked_hint')}</span>
        </>
      )}
    </span>
  )
}
