/** 各病区: every ward one answers for, with its rounds, what is open there and what is late. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRuleWords } from '../../../consultation/series/words'
import { EmptyState } from '../../../kit/EmptyState'
import { Loaded } from '../../../kit/Loaded'
import { Panel } from '../../../kit/Panel'
import { Pill, type Tone } from '../../../kit/Pill'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { paths } from '../../../paths'
import { useRoundWords } from '../words'
import { type VisitedWard, wardsQuery } from './queries'
import css from './wards.module.css'

type Series = VisitedWard['series'][number]

export function WardsTab() {
  const { t } = useTranslation()
  return (
    <Loaded
      query={wardsQuery()}
      what={t('rounds_board.wards.tab')}
      skeleton={<PanelSkeleton rows={4} rowHeight={64} cells={[160, '40%', '20%', 120]} />}
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            title={t('rounds_board.wards.none')}
            hint={t('rounds_board.wards.none_hint')}
          />
        ) : (
          <Panel title={t('rounds_board.wards.tab')} tight>
            <ul className={css.rows} aria-label={t('rounds_board.wards.tab')}>
              {items.map((each) => (
                <Ward key={each.ward_id} ward={each} />
              ))}
            </ul>
          </Panel>
        )
      }
    </Loaded>
  )
}

function Ward({ ward }: { ward: VisitedWard }) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const name = words.named({ name: ward.ward, name_en: ward.ward_en })
  return (
    <li className={css.row}>
      <span className={css.two}>
        <b>{name}</b>
        <span className="secondary small">{words.hospital(ward.hospital_id)}</span>
      </span>
      <span className={css.series}>
        {ward.series.map((each) => (
          <OfSeries key={each.id} series={each} />
        ))}
      </span>
      <Counts ward={ward} />
      {ward.may_open ? (
        <Link
          className={`target ${css.act}`}
          to={paths.wardBoard(ward.ward_id)}
          aria-label={t('rounds_board.wards.board_of', { ward: name })}
        >
          {t('rounds_board.wards.board')}
        </Link>
      ) : (
        <span />
      )}
    </li>
  )
}

function OfSeries({ series }: { series: Series }) {
  const { t } = useTranslation()
  const { when, named } = useRoundWords()
  const rule = useRuleWords()
  const { last, next, kept, days } = series
  const brief = (of: NonNullable<Series['last']>) => ({
    at: when(of.starts_at),
    who: of.lead ? named(of.lead) : t('rounds.no_lead'),
  })
  return (
    <span className={css.one}>
      <span className={css.two}>
        <span>{rule(series)}</span>
        <span className="secondary small">
          {t('rounds_board.wards.every', { n: String(series.cadence_days) })}
        </span>
      </span>
      <span className={css.two}>
        <span>
          <Pill tone={kept ? 'done' : 'stat'}>
            {kept
              ? t('rounds_board.wards.kept')
              : t('rounds_board.wards.late', { n: String(days) })}
          </Pill>
        </span>
        {last ? (
          <Link className="target small" to={paths.round(last.id)}>
            {t('rounds_board.wards.last', brief(last))}
          </Link>
        ) : (
          <span className="secondary small">{t('rounds_board.wards.never')}</span>
        )}
      </span>
      <span>
        {next ? (
          <Link className="target" to={paths.round(next.id)}>
            {t('rounds_board.wards.next', brief(next))}
          </Link>
        ) : (
          <b className={css.bad}>{t('rounds_board.wards.no_next')}</b>
        )}
      </span>
    </span>
  )
}

function Counts({ ward }: { ward: VisitedWard }) {
  const { t } = useTranslation()
  const { open, overdue, late_to_write, late_to_countersign } = ward
  const late: [key: 'overdue' | 'to_write' | 'to_countersign', tone: Tone, n: number][] = [
    ['overdue', 'stat', overdue],
    ['to_write', 'stat', late_to_write],
    ['to_countersign', 'stat', late_to_countersign],
  ]
  return (
    <span className={css.counts}>
      <span>{t('rounds_board.wards.open', { n: String(open) })}</span>
      {late.map(
        ([key, tone, n]) =>
          n > 0 && (
            <Pill key={key} tone={tone}>
              {t(`rounds_board.wards.${key}`, { n: String(n) })}
            </Pill>
          ),
      )}
      {late_to_write + late_to_countersign === 0 && (
        <span className="secondary small">{t('rounds_board.wards.notes_in_time')}</span>
      )}
    </span>
  )
}
