/** What makes a time possible at which somebody or something of a consultation is taken: each is one press. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import css from './relaxed.module.css'
import { useBookingWords } from './words'

export type Book = Schemas['Book']

/** Under the calendar's key, because what changes a calendar changes it. */
const relaxedQuery = (id: string, wanted: Book) =>
  queryOptions({
    queryKey: ['calendar', 'relaxed', id, wanted],
    queryFn: ({ signal }) =>
      body(
        client.POST('/api/consultations/{id}/booking/relaxations', {
          params: { path: { id } },
          body: wanted,
          signal,
        }),
      ),
    retry: false,
  })

type Props = {
  /** The consultation. */
  id: string
  /** What is refused, or would be. */
  wanted: Book
  busy: boolean
  onBook: (booking: Book) => void
}

export function Relaxed({ id, wanted, busy, onBook }: Props) {
  const { t } = useTranslation()
  const said = useSaid()
  const { data } = useQuery(relaxedQuery(id, wanted))
  if (!data?.items.length) return null
  return (
    <section className={css.box} aria-label={t('scheduling.relaxed.title')}>
      <b className="small">{t('scheduling.relaxed.title')}</b>
      <div className={css.all}>
        {data.items.map((one) => {
          const words = said(data, one)
          return (
            <Button key={words} size="small" loading={busy} onClick={() => onBook(one.booking)}>
              {words}
            </Button>
          )
        })}
      </div>
      <span className="secondary small">{t('scheduling.relaxed.hint')}</span>
    </section>
  )
}

/** What is changed, in words. */
function useSaid() {
  const { t } = useTranslation()
  const { named } = useBookingWords()
  return ({ resources }: Schemas['RelaxedBookings'], one: Schemas['RelaxedBooking']): string => {
    const known = new Map(resources.map((row) => [row.id, row]))
    const name = (id: string) => {
      const row = known.get(id)
      return row ? named(row) : '…'
    }
    const comes = (of: string) => known.get(of)?.kind === 'person'
    return [
      ...one.instead.map(({ of, by }) =>
        t(`scheduling.relaxed.${comes(of) ? 'instead' : 'elsewhere'}`, {
          of: name(of),
          by: name(by),
        }),
      ),
      ...one.left_out.map((of) =>
        t(`scheduling.relaxed.${comes(of) ? 'without' : 'without_place'}`, { of: name(of) }),
      ),
    ].join(t('scheduling.list'))
  }
}
