/** The times found, or what would make one possible: each says why, who comes and what was in the way. */
import { CheckOutlined, ExclamationOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Consultation } from '../../../consultation/view'
import { EmptyState } from '../../../kit/EmptyState'
import { ClashCard } from '../ClashCard'
import cards from '../cards.module.css'
import { spanOf } from '../week'
import css from './find.module.css'
import { bookedOf, type Found, type Relaxation } from './question'
import type { Finding } from './useFind'
import type { FindWords } from './words'

const MOST_CARDS = 3

type Props = { consultation: Consultation; find: Finding; words: FindWords }

export function Cards(p: Props) {
  const { consultation: c, find, words } = p
  const { t } = words
  const { answer, refused } = find
  if (!answer) return null
  const moving = c.starts_at !== null && c.state !== 'accepted'
  const rest = answer.relaxations.slice(MOST_CARDS)
  const nothing = answer.found.length === 0 && answer.relaxations.length === 0
  return (
    <div className={css.cards}>
      {answer.found.map((one, n) => (
        <Card key={one.starts_at} {...p} found={one} n={n}>
          {n === find.chosen ? (
            <>
              <Button
                type="primary"
                block
                loading={find.busy}
                disabled={bookedOf(c, find.question, one) === null}
                onClick={() => find.take(one)}
              >
                {t(moving ? 'scheduling.move' : 'scheduling.find.take')}
              </Button>
              <Hold {...p} found={one} />
            </>
          ) : (
            <Button block onClick={() => find.choose(n)}>
              {t('scheduling.use_this')}
            </Button>
          )}
        </Card>
      ))}
      {answer.relaxations.slice(0, MOST_CARDS).map((one, n) => (
        <Card key={`${one.change} ${one.line}`} {...p} found={one.found} n={n} relaxation={one}>
          <Button
            block
            type={n === find.chosen ? 'primary' : 'default'}
            onFocus={() => find.choose(n)}
            onClick={() => find.ask(one.question)}
          >
            {t('scheduling.find.apply')}
          </Button>
        </Card>
      ))}
      {nothing && (
        <div className={`${cards.card} ${css.none}`}>
          <EmptyState
            title={t('scheduling.find.nothing')}
            hint={t('scheduling.find.nothing_hint')}
          />
        </div>
      )}
      {refused ? (
        <ClashCard
          {...{ id: c.id, refused, zone: find.zone, busy: find.busy }}
          onBook={find.send}
          onClose={find.dismiss}
        />
      ) : (
        answer.found.length === 0 && <Others {...p} rest={rest} />
      )}
    </div>
  )
}

/** While it is talked over, for instance on the telephone, nobody else books into it. */
function Hold({ consultation: c, find, words, found }: Props & { found: Found }) {
  const { t, clock } = words
  const { kept, release, busy } = find.holding
  const here = kept !== null && Date.parse(kept.starts_at) === Date.parse(found.starts_at)
  if (!here)
    return (
      <Button
        block
        type="text"
        loading={busy}
        disabled={bookedOf(c, find.question, found) === null}
        onClick={() => find.keep(found)}
      >
        {t('scheduling.find.hold')}
      </Button>
    )
  return (
    <span className={css.kept} role="status">
      {t('scheduling.find.held', { at: clock(Date.parse(kept.until)) })}
      <Button size="small" loading={busy} onClick={release}>
        {t('scheduling.find.release')}
      </Button>
    </span>
  )
}

type CardProps = Props & {
  found: Found
  n: number
  relaxation?: Relaxation
  children: React.ReactNode
}

function Card({ consultation: c, find, words, found, n, relaxation, children }: CardProps) {
  const title = words.span(spanOf(found))
  return (
    <section
      className={`${cards.card} ${n === find.chosen ? cards.chosen : ''}`}
      aria-label={title}
    >
      <div className={cards.title}>
        <span className={cards.number}>{n + 1}</span>
        <b>{title}</b>
      </div>
      {relaxation && <b className={css.change}>{words.change(relaxation)}</b>}
      <Blocks found={found} words={words} />
      <Reasons consultation={c} found={found} words={words} relaxed={relaxation !== undefined} />
      <span className={`secondary small ${css.people}`}>{words.who(found)}</span>
      <div className={cards.foot}>{children}</div>
    </section>
  )
}

/** The bookings that keep the question as it was from this time. */
function Blocks({ found, words }: { found: Found; words: FindWords }) {
  const { t } = words
  if (found.blocks.length === 0) return null
  return (
    <ul className={css.blocks} aria-label={t('scheduling.find.blocked')}>
      {found.blocks.map((one) => (
        <li key={`${one.line} ${one.resource_id}`}>
          <b>{words.name(one.resource_id)}</b>{' '}
          {one.clashes
            .map((clash) => `${words.what(clash)} ${words.during(spanOf(clash))}`)
            .join(', ')}
          {one.clashes.length === 0 && t('scheduling.find.closed')}
        </li>
      ))}
    </ul>
  )
}

type Why = { consultation: Consultation; found: Found; words: FindWords; relaxed: boolean }

function Reasons({ consultation: c, found, words, relaxed }: Why) {
  const { t } = words
  const late = !c.elective && c.sign_due_at !== null && found.ends_at > c.sign_due_at
  const good = [
    found.earliest && !relaxed ? t('scheduling.find.why.earliest') : '',
    found.missing.length === 0 ? t('scheduling.find.why.everybody') : '',
  ]
  const missing = found.missing.map(words.keyName).join(t('scheduling.find.and'))
  const bad = [
    missing ? t('scheduling.find.why.missing', { who: missing }) : '',
    found.out_of_hours ? t('scheduling.find.why.out_of_hours') : '',
    late ? t('scheduling.find.why.late') : '',
    found.guessed.length > 0 ? t('scheduling.guessed', { years: found.guessed.join(' / ') }) : '',
  ]
  return (
    <ul className={css.reasons}>
      {good.filter(Boolean).map((one) => (
        <li key={one}>
          <CheckOutlined aria-hidden className={cards.good ?? ''} /> {one}
        </li>
      ))}
      {bad.filter(Boolean).map((one) => (
        <li key={one}>
          <ExclamationOutlined aria-hidden className={cards.warn ?? ''} /> {one}
        </li>
      ))}
    </ul>
  )
}

/** The changes that have no card, and the nearest times with what blocks them. */
function Others({ find, words, rest }: Props & { rest: readonly Relaxation[] }) {
  const { t } = words
  const misses = find.answer?.misses ?? []
  if (rest.length === 0 && misses.length === 0) return null
  return (
    <section className={`${cards.card} ${css.others}`} aria-label={t('scheduling.find.others')}>
      {rest.length > 0 && (
        <div className={cards.title}>
          <b>{t('scheduling.find.others')}</b>
          <span className="secondary small">{t('scheduling.find.others_hint')}</span>
        </div>
      )}
      {rest.map((one) => (
        <div key={`${one.change} ${one.line}`} className={css.other}>
          <span>{words.change(one)}</span>
          <Button size="small" onClick={() => find.ask(one.question)}>
            {words.span(spanOf(one.found))}
          </Button>
        </div>
      ))}
      {misses.length > 0 && <b className={css.nearest}>{t('scheduling.find.nearest')}</b>}
      {misses.map((one) => (
        <div key={one.starts_at}>
          <span className="small">{words.span(spanOf(one))}</span>
          <Blocks found={one} words={words} />
        </div>
      ))}
    </section>
  )
}
