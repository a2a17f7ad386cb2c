/** The rows of people, and the way to the next fifty. */
import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { EmptyState } from '../../kit/EmptyState'
import { paths } from '../../paths'
import type { Asked } from './queries'
import { StaffRow } from './StaffRow'
import css from './staff.module.css'
import { useRowWords } from './words'

type Props = {
  page: Schemas['StaffPage']
  asked: Asked
  /** Whose drawer is open. */
  open: string | null
  picked: ReadonlySet<string>
  onPick: (picked: ReadonlySet<string>) => void
  onOpen: (id: string) => void
  onPage: (n: number) => void
  onAll: () => void
}

export function StaffTable({ page, asked, open, picked, onPick, onOpen, onPage, onAll }: Props) {
  const { t } = useTranslation()
  const words = useRowWords()
  if (page.items.length === 0) return <Nobody asked={asked} onAll={onAll} />
  const toggle = (id: string) => {
    const next = new Set(picked)
    if (!next.delete(id)) next.add(id)
    onPick(next)
  }
  return (
    <>
      <div className={css.table}>
        <div className={`${css.row} ${css.heads}`} aria-hidden>
          <span />
          <span>{t('staff.head.name')}</span>
          <span>{t('staff.head.place')}</span>
          <span>{t('staff.head.post')}</span>
          <span>{t('staff.head.licence')}</span>
          <span>{t('staff.head.registration')}</span>
          <span>{t('staff.head.duty')}</span>
        </div>
        <ul aria-label={t('staff.list')}>
          {page.items.map((person) => (
            <StaffRow
              key={person.id}
              person={person}
              words={words}
              open={person.id === open}
              onOpen={() => onOpen(person.id)}
              pick={
                person.may_issue ? (
                  <Checkbox
                    aria-label={t('staff.pick', { name: person.name })}
                    checked={picked.has(person.id)}
                    onChange={() => toggle(person.id)}
                  />
                ) : (
                  <span />
                )
              }
            />
          ))}
        </ul>
      </div>
      <Pages page={page} n={asked.page} of={page[asked.shown]} onPage={onPage} />
    </>
  )
}

type PagesProps = {
  page: Schemas['StaffPage']
  n: number
  of: number
  onPage: (n: number) => void
}

function Pages({ page, n, of, onPage }: PagesProps) {
  const { t } = useTranslation()
  if (of <= page.size) return null
  const from = n * page.size
  return (
    <nav className={css.pages} aria-label={t('staff.list')}>
      <Button disabled={n === 0} onClick={() => onPage(n - 1)}>
        {t('staff.before')}
      </Button>
      <span className="secondary small">
        {t('staff.pages', {
          from: String(from + 1),
          to: String(from + page.items.length),
          n: String(of),
        })}
      </span>
      <Button disabled={from + page.size >= of} onClick={() => onPage(n + 1)}>
        {t('staff.after')}
      </Button>
    </nav>
  )
}

/** Nobody fits what was asked; or nobody is there at all, and then what to do first. */
function Nobody({ asked, onAll }: { asked: Asked; onAll: () => void }) {
  const { t } = useTranslation()
  const narrowed = asked.q || asked.hospital || asked.shown !== 'all' || asked.page
  return narrowed ? (
    <EmptyState
      title={t('staff.none')}
      hint={t('staff.none_hint')}
      action={<Button onClick={onAll}>{t('staff.none_all')}</Button>}
    />
  ) : (
    <EmptyState
      title={t('staff.empty')}
      hint={t('staff.empty_hint')}
      action={<Link to={paths.departments()}>{t('staff.empty_departments')}</Link>}
    />
  )
}
