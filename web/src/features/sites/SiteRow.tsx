/** A room or cart: its devices with their last tests, and its next meeting. */
import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { Pill, type Tone } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { Link, SLOW_MS } from './Link'
import type { Site, SiteDevice } from './queries'
import css from './sites.module.css'

const RETESTS = {
  waits: 'brand',
  answered: 'done',
  busy: 'quiet',
  unreached: 'urgent',
} as const satisfies Record<NonNullable<SiteDevice['retest']>, Tone>
const PARTS = ['camera', 'microphone', 'network'] as const

export function SiteRow({ site }: { site: Site }) {
  const { t, i18n } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const { hospitals, actor } = useSession()
  const { state, devices, hospital_id } = site
  const place = (i18n.language === 'en' && site.place_en) || site.place
  const seenTo = state === 'red' || state === 'watch'
  const phone = hospitals.find(({ id }) => id === hospital_id)?.coordinator_phone
  return (
    <li className={`${css.cells} ${css.site}`} data-state={state}>
      <span className={css.name}>
        <span className={css.dot} aria-hidden="true" />
        <span>
          <b>{named(site)}</b> <span className="unseen">{t(`sites.state.${state}`)}</span>
          <span className={`secondary small ${css.under}`}>
            {[hospital(hospital_id), place].filter(Boolean).join(' · ')}
          </span>
          {seenTo && phone && hospital_id !== actor.hospital_id && (
            <a
              className={`target small ${css.under}`}
              href={`tel:${phone.replace(/\s/g, '')}`}
              aria-label={`${t('sites.phone', { hospital: hospital(hospital_id) })} ${phone}`}
            >
              {phone}
            </a>
          )}
        </span>
      </span>
      {devices.length === 0 ? (
        <span className={`secondary small ${css.wide}`}>{t('sites.bare')}</span>
      ) : (
        <span className={`${css.wide} ${css.devices}`}>
          {devices.map((each) => (
            <OfDevice key={each.id} device={each} name={devices.length > 1 || isNews(each, site)} />
          ))}
        </span>
      )}
      <Next site={site} />
    </li>
  )
}

/** Whether the name of the place leaves open which device it is: a cart stands today here and tomorrow there. */
const isNews = ({ id, kind }: SiteDevice, site: Site) => kind !== 'room' && id !== site.id

function OfDevice({ device, name }: { device: SiteDevice; name: boolean }) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const now = useNow()
  const { online, seen_at, link } = device
  const waits = online ? link.at(-1) : null
  return (
    <span className={css.device}>
      <Test device={device} {...(name ? { name: device.name } : {})} />
      <span className={online ? '' : css.silent}>
        <Link link={link} />
        {online && <span className={css.good}>{t('sites.online')}</span>}
        {typeof waits === 'number' && (
          <span className={`small ${waits > SLOW_MS ? css.late : 'secondary'}`}>
            {' '}
            {t('sites.waits', { ms: String(waits) })}
          </span>
        )}
        {!online &&
          (seen_at
            ? t('sites.offline', { for: duration(now - Date.parse(seen_at)) })
            : t('sites.never'))}
      </span>
    </span>
  )
}

/** `name`: of the device, where its place does not say it. */
function Test({
  device: { last_test: last, faults, retest },
  name,
}: {
  device: SiteDevice
  name?: string
}) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const failed = faults.includes('failed')
  const word = failed ? 'failed' : faults.includes('untested') ? 'old' : 'passed'
  return (
    <span>
      {name && <b className="small">{name} </b>}
      {retest && <Pill tone={RETESTS[retest]}>{t(`sites.retest.${retest}`)}</Pill>}{' '}
      {last ? (
        <>
          <span className={failed ? css.bad : ''}>
            {t(`sites.${word}`, { at: moment(last.at) })}
          </span>
          <span className={`small ${css.parts}`}>
            {PARTS.map((part) => (
              <span key={part} className={last[part] ? css.good : css.bad}>
                {last[part] ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />}
                <span aria-hidden="true">{t(`sites.part.${part}`)}</span>
                <span className="unseen">
                  {t(last[part] ? 'sites.part_ok' : 'sites.part_bad', {
                    part: t(`sites.part.${part}`),
                  })}
                </span>
              </span>
            ))}
          </span>
        </>
      ) : (
        <span className={css.silent}>{t('sites.untested')}</span>
      )}
    </span>
  )
}

function Next({ site: { next } }: { site: Site }) {
  const { t } = useTranslation()
  const { moment, time, duration } = useFormat()
  const now = useNow()
  if (!next) return <span className="secondary small">{t('sites.free')}</span>
  const begins = Date.parse(next.starts_at)
  const kind = t(`taken.kind.${next.kind}`, { defaultValue: t('taken.kind.other') })
  return (
    <span>
      <b>{moment(next.starts_at)}</b> {kind}
      <span className={`secondary small ${css.under}`}>
        {begins <= now
          ? t('sites.now', { at: time(next.ends_at) })
          : t('sites.in', { in: duration(begins - now) })}
        {next.held && ` · ${t('sites.held')}`}
      </span>
    </span>
  )
}
