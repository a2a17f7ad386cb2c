/** 查房指示 beside the bed: what is open of earlier rounds first, then this round's, and below where one writes. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Bar } from '../../../kit/Skeletons'
import { useLive } from './context'
import { InstructionRow } from './InstructionRow'
import { PAD, Pad } from './Pad'
import { Paper } from './Paper'
import { bedQuery, type Instruction, type Item, takesWords } from './queries'
import { SayForm } from './SayForm'
import { useText } from './text'
import css from './written.module.css'

/** By bed, and by who is signed in, as everything that is kept of them. */
const padOf = (round: string, item: string) => `round-pad/${round}/${item}`

export function Written({ item }: { item: Item }) {
  const { t } = useTranslation()
  const { round, is } = useLive()
  const { data: bed } = useQuery(bedQuery(item.id))
  const pad = useText(padOf(round.id, item.id))
  const writes = takesWords(round)
  // What has ended meanwhile is not replaced any more.
  const replaced = bed?.before.find(({ id }) => id === pad.replaces) ?? null
  const merge = ({ id, text }: Instruction) => {
    pad.write([pad.text.trim(), text].filter(Boolean).join('\n'), id)
    document.getElementById(PAD)?.focus()
  }
  return (
    <Paper className={css.written} label={t('rounds_live.instructions.title')}>
      <header className={css.head}>
        <h2>{t('rounds_live.instructions.title')}</h2>
        <span className={css.note}>{t('rounds_live.not_order')}</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={css.lists} tabIndex={0}>
        {bed ? (
          <>
            <Before
              all={bed.before}
              keeps={writes && is('lead') ? item.id : null}
              onMerge={writes && is('lead') && !replaced ? merge : null}
            />
            <Given all={bed.instructions} />
          </>
        ) : (
          <Bar height={96} />
        )}
      </div>
      {writes &&
        (is('lead') ? (
          <Pad item={item} bed={bed ?? null} pad={pad} replaced={replaced} />
        ) : (
          <SayForm item={item} />
        ))}
    </Paper>
  )
}

type BeforeProps = {
  all: Instruction[]
  keeps: string | null
  onMerge: ((one: Instruction) => void) | null
}

function Before({ all, keeps, onMerge }: BeforeProps) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const first = all[0]
  if (!first) return null
  return (
    <>
      <h3 className={css.part}>
        {t('rounds_live.instructions.before')} <b className="late">{all.length}</b>
        <span className="push">
          {t('rounds_live.instructions.of', { at: moment(first.round_at) })}
        </span>
      </h3>
      <ol aria-label={t('rounds_live.instructions.before')}>
        {all.map((each, i) => (
          <InstructionRow key={each.id} one={each} n={i + 1} keeps={keeps} onMerge={onMerge} />
        ))}
      </ol>
    </>
  )
}

function Given({ all }: { all: Instruction[] }) {
  const { t } = useTranslation()
  const unread = all.filter(({ state }) => state === 'to_read_back').length
  return (
    <>
      <h3 className={css.part}>
        {t('rounds_live.instructions.now')} {all.length}
        {unread > 0 && (
          <span className="push soon">
            {t('rounds_live.instructions.unread', { count: unread })}
          </span>
        )}
      </h3>
      {all.length === 0 && <p className={css.none}>{t('rounds_live.instructions.none')}</p>}
      <ol aria-label={t('rounds_live.instructions.now')}>
        {all.map((each) => (
          <InstructionRow key={each.id} one={each} n={each.n} onMerge={null} />
        ))}
      </ol>
    </>
  )
}
