/** What is booked in the room where a device stands: when, of which ward, who leads it. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import type { Registered } from './queries'
import css from './screen.module.css'

type Meeting = Schemas['MeetingOut']
const NAMED = ['consultation', 'round', 'teaching', 'meeting'] as const

export function Meetings({ here }: { here: Registered }) {
  const { t } = useTranslation()
  const now = useNow()
  const [next, ...later] = here.meetings.filter(({ ends_at }) => Date.parse(ends_at) > now)
  if (!next)
    return (
      <section className={css.card}>
        <p>{t(here.venue ? 'devices.screen.free' : 'devices.screen.no_venue')}</p>
      </section>
    )
  const begun = Date.parse(next.starts_at) <= now
  return (
    <section className={css.card}>
      <h2>{t(begun ? 'devices.screen.now' : 'devices.screen.next')}</h2>
      <One meeting={next} />
      {later.length > 0 && (
        <>
          <h2>{t('devices.screen.today')}</h2>
          {later.map((each) => (
            <One key={each.starts_at} meeting={each} small />
          ))}
        </>
      )}
    </section>
  )
}

function One({ meeting, small = false }: { meeting: Meeting; small?: boolean }) {
  const { t, i18n } = useTranslation()
  const { moment, time } = useFormat()
  const { withTitle } = usePeopleWords()
  const { starts_at, ends_at, lead } = meeting
  const kind = NAMED.find((each) => each === meeting.kind) ?? 'other'
  const department = (i18n.language === 'en' && meeting.department_en) || meeting.department
  return (
    <div className={small ? css.small : css.meeting}>
      <b className={css.when}>
        {moment(starts_at)}–{time(ends_at)}
      </b>
      <span>
        {[t(`devices.screen.booking.${kind}`), department, meeting.ward]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {lead && (
        <span>
          <span className="secondary">{t('devices.screen.lead')}</span> {withTitle(lead)}
        </span>
      )}
    </div>
  )
}
