/** 期望时间: parts of the next days, ticked on a grid. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { siteZone } from '../../zone'
import { useDraft } from './draft'
import fields from './fields.module.css'
import { Part } from './Part'
import { fieldId, sectionsOf } from './sections'
import { asSoonAsPossible, covered, grid, HALVES, isAsSoonAsPossible, toggled } from './wishes'

const QUARTER_MS = 15 * 60_000
const SOON_HOURS = { stat: 2, urgent: 4, routine: 24 }

function useShortDay() {
  const { i18n } = useTranslation()
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(i18n.language, { timeZone: siteZone(), ...options })
    return (ms: number) => format.format(ms)
  }
  const month = i18n.language === 'en' ? 'short' : 'numeric'
  return { weekday: make({ weekday: 'short' }), date: make({ month, day: 'numeric' }) }
}

export function WishesPart() {
  const { t } = useTranslation()
  const { row, set, fixed } = useDraft()
  const clock = useNow()
  const now = Math.floor(clock / QUARTER_MS) * QUARTER_MS
  const wishes = row.content.wishes ?? []
  const live = row.mode === 'live'
  const asap = wishes.some((wish) => isAsSoonAsPossible(wish, clock))
  const put = (next: typeof wishes) => set({ content: { wishes: next } }, true)
  if (!sectionsOf(row).includes('wishes')) return null
  return (
    <Part
      section="wishes"
      required={live}
      note={row.elective ? t('requests.wishes.elective') : null}
      extra={
        live &&
        !fixed && (
          <Button
            id={fieldId('wishes')}
            size="small"
            type={asap ? 'primary' : 'default'}
            aria-pressed={asap}
            onClick={() => put(asap ? [] : asSoonAsPossible(now, SOON_HOURS[row.urgency]))}
          >
            {t('requests.wishes.asap')}
          </Button>
        )
      }
    >
      {live ? (
        <Grid now={now} wishes={wishes} onPut={put} />
      ) : (
        <p className="secondary small">{t('requests.wishes.written')}</p>
      )}
    </Part>
  )
}

type Wishes = Parameters<typeof covered>[1]
type GridProps = {
  now: number
  wishes: Wishes
  onPut: (wishes: ReturnType<typeof toggled>) => void
}

function Grid({ now, wishes, onPut }: GridProps) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const short = useShortDay()
  const { missing, fixed } = useDraft()
  const cells = grid(now)
  return (
    <table
      className={`${fields.grid} ${missing.includes('wishes') ? fields.lacking : ''}`}
      aria-label={t('requests.wishes.grid')}
    >
      <thead>
        <tr>
          <td />
          {cells.map((parts) => (
            <th key={parts[0]?.day} scope="col">
              {short.weekday(parts[0]?.start ?? now)}
              <br />
              {short.date(parts[0]?.start ?? now)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {HALVES.map((half, i) => (
          <tr key={half}>
            <th scope="row">{t(`requests.wishes.half.${half}`)}</th>
            {cells.map((parts) => {
              const cell = parts[i]
              if (!cell) return null
              const chosen = covered(cell, wishes)
              return (
                <td key={cell.day}>
                  <button
                    type="button"
                    disabled={fixed || cell.past}
                    aria-pressed={chosen}
                    className={chosen ? fields.chosen : undefined}
                    onClick={() => onPut(toggled(cells, wishes, cell))}
                  >
                    <span className="unseen">
                      {t('requests.wishes.cell', {
                        day: day(cell.start),
                        half: t(`requests.wishes.half.${half}`),
                      })}
                    </span>
                    <span aria-hidden>{chosen ? `✓ ${t('requests.wishes.can')}` : '—'}</span>
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
