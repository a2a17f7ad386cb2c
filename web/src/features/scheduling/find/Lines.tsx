/** Who and what is needed, for how long and until when; each line required or optional. */
import { CloseOutlined, DesktopOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { Resource } from '../../../consultation/bookings'
import type { Consultation } from '../../../consultation/view'
import { usePeopleWords } from '../../../kit/people'
import { dayOf } from '../week'
import { AddLine } from './AddLine'
import css from './find.module.css'
import { daysAhead, type Line, lastDay, removable, wished } from './question'
import type { Finding } from './useFind'
import type { FindWords } from './words'

const LENGTHS = [15, 20, 30, 40, 45, 60, 90, 120]
const AHEAD = [7, 14, 28]

type Props = {
  consultation: Consultation
  find: Finding
  words: FindWords
  rooms: readonly Resource[]
}

export function Lines({ consultation: c, find, words, rooms }: Props) {
  const { t } = words
  const { question, ask } = find
  const put = (key: string, change: Partial<Line>) =>
    ask({
      ...question,
      lines: question.lines.map((one) => (one.key === key ? { ...one, ...change } : one)),
    })
  return (
    <section className={css.panel} aria-label={t('scheduling.find.lines')}>
      <header className={css.head}>
        <h2>{t('scheduling.find.title')}</h2>
        <Select
          size="small"
          aria-label={t('scheduling.duration')}
          value={question.minutes}
          onChange={(minutes) => ask({ ...question, minutes })}
          options={[...new Set([...LENGTHS, question.minutes])]
            .sort((a, b) => a - b)
            .map((n) => ({ value: n, label: t('scheduling.minutes', { n: String(n) }) }))}
        />
        <Until consultation={c} find={find} words={words} />
      </header>
      {c.mdt && <Mdt consultation={c} words={words} />}
      <ul className={css.lines}>
        {question.lines.map((one) => (
          <Row
            key={one.key}
            line={one}
            find={find}
            words={words}
            onRequired={(required) => put(one.key, { required })}
            onRemove={() =>
              ask({ ...question, lines: question.lines.filter(({ key }) => key !== one.key) })
            }
          />
        ))}
      </ul>
      <AddLine
        consultation={c}
        rooms={rooms}
        taken={question.lines}
        words={words}
        onAdd={(added) => ask({ ...question, lines: [...question.lines, added] })}
      />
    </section>
  )
}

/** What an MDT asks of those on these lines, and of its recorder, who is on none. */
function Mdt({ consultation: c, words }: Pick<Props, 'consultation' | 'words'>) {
  const { t } = words
  const { named } = usePeopleWords()
  const recorder = c.participants.find(({ person }) => person.id === c.recorder_id)?.person
  return (
    <p className={`secondary small ${css.mdt}`}>
      {t('scheduling.mdt.note')}
      {recorder && ` ${t('scheduling.mdt.recorder', { name: named(recorder) })}`}
    </p>
  )
}

function Until({ consultation: c, find, words }: Omit<Props, 'rooms'>) {
  const { t } = words
  const { question, ask, answer } = find
  const wishes = wished(c)
  const last = answer ? lastDay(answer) : null
  const options = [
    ...(wishes.length > 0 ? [{ value: 'wished', label: t('scheduling.legend.wished') }] : []),
    ...AHEAD.map((n) => ({
      value: String(n),
      label: t('scheduling.find.days_ahead', { n: String(n) }),
    })),
  ]
  const usual = JSON.stringify(question.windows) === JSON.stringify(wishes)
  const length =
    question.windows.length === 1 && question.windows[0]
      ? Math.round(
          (Date.parse(question.windows[0].ends_at) - Date.parse(question.windows[0].starts_at)) /
            86_400_000,
        )
      : 0
  const value = usual && wishes.length > 0 ? 'wished' : AHEAD.includes(length) ? String(length) : ''
  return (
    <Select
      size="small"
      popupMatchSelectWidth={false}
      aria-label={t('scheduling.find.until')}
      value={question.windows.length === 0 ? '14' : value || 'until'}
      onChange={(next) =>
        ask({ ...question, windows: next === 'wished' ? wishes : daysAhead(Number(next)) })
      }
      options={
        value || question.windows.length === 0 || last === null
          ? options
          : [
              ...options,
              {
                value: 'until',
                label: t('scheduling.find.until_day', {
                  day: words.day(dayOf(last, find.zone)),
                }),
              },
            ]
      }
    />
  )
}

type RowProps = {
  line: Line
  find: Finding
  words: FindWords
  onRequired: (required: boolean) => void
  onRemove: () => void
}

function Row({ line, find, words, onRequired, onRemove }: RowProps) {
  const { t } = words
  const name = words.lineName(line)
  const place = line.venues.length > 0 || line.venues_of !== null
  const known = find.answer?.lines.find(({ key }) => key === line.key)
  const days = known?.days_without ?? null
  return (
    <li className={css.line}>
      {place ? <DesktopOutlined aria-hidden /> : <UserOutlined aria-hidden />}
      <span className={css.who}>
        <b>{name}</b>
        <span className="secondary small">{words.lineAbout(line)}</span>
      </span>
      <span className={css.need}>
        {line.stays ? (
          <span className={css.tag}>{t('scheduling.find.required')}</span>
        ) : (
          <Button
            size="small"
            aria-pressed={line.required}
            aria-label={t('scheduling.find.is_required', { name })}
            className={line.required ? (css.required ?? '') : ''}
            onClick={() => onRequired(!line.required)}
          >
            {t(line.required ? 'scheduling.find.required' : 'scheduling.find.optional')}
          </Button>
        )}
        {line.required && days !== null && (
          <span className={`small ${days > 0 ? css.helps : 'secondary'}`}>
            {days > 0
              ? t('scheduling.find.days_without', { n: String(days) })
              : t('scheduling.find.days_without_none')}
          </span>
        )}
      </span>
      {removable(line) && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('scheduling.find.remove', { name })}
          onClick={onRemove}
        />
      )}
    </li>
  )
}
