/** Whose bed it is, large; whether that is made sure; the network and the battery. */
import { CheckOutlined, ThunderboltOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { Pill } from '../../../kit/Pill'
import { usePatientWords } from '../../../kit/patient'
import { usePeopleWords } from '../../../kit/people'
import { Network } from '../../room/pictures/Banner'
import type { Item, Round } from '../live/queries'
import { useOnline } from '../live/useOnline'
import css from './cart.module.css'
import { useBattery } from './useBattery'
import type { Bedside } from './useBedside'

type Props = { round: Round; item: Item | null; bedside: Bedside; offline: boolean }

export function Head({ round, item, bedside, offline }: Props) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { named } = usePeopleWords()
  return (
    <header className={css.head}>
      {item?.patient ? (
        <Who round={round} item={item} patient={item.patient} />
      ) : (
        <b className={css.name}>{named({ name: round.ward, name_en: round.ward_en })}</b>
      )}
      <span className={css.beside}>
        {item?.patient &&
          (item.identified && item.identified_at ? (
            <Pill tone="done">
              {t('rounds_cart.identified', {
                how: t(`rounds_live.identify.how.${item.identified}`),
                at: time(item.identified_at),
              })}
            </Pill>
          ) : (
            <Pill tone="urgent">{t('rounds_cart.not_identified')}</Pill>
          ))}
        <Line bedside={bedside} offline={offline} />
      </span>
    </header>
  )
}

type WhoProps = { round: Round; item: Item; patient: NonNullable<Item['patient']> }

function Who({ round, item, patient }: WhoProps) {
  const { t } = useTranslation()
  const words = usePatientWords()
  const { named } = usePeopleWords()
  const place = {
    ...{ hospital: '', bed: item.bed },
    department: named({ name: round.ward, name_en: round.ward_en }),
  }
  return (
    <section className={css.who} aria-label={t('patient.banner')}>
      <b className={css.name}>{words.name(patient)}</b>
      <span>{words.sex(patient.sex)}</span>
      <span>{words.age(patient)}</span>
      <b>{words.place(place)}</b>
      {patient.number && <span>{words.number({ kind: 'admission', value: patient.number })}</span>}
      <b className={patient.allergy === 'known' ? css.allergy : undefined}>
        {patient.allergy === 'known' && <WarningOutlined aria-hidden />}{' '}
        {words.allergy(patient.allergy, patient.allergy_text)}
      </b>
      {patient.critical && <b className={css.critical}>{t('patient.critical')}</b>}
      {patient.isolation && <b className={css.critical}>{t('patient.isolation')}</b>}
    </section>
  )
}

function Line({ bedside: { state }, offline }: { bedside: Bedside; offline: boolean }) {
  const { t } = useTranslation()
  const { demo } = useSession()
  const online = useOnline()
  const battery = useBattery()
  return (
    <>
      {demo && <span className={css.demo}>{t('app.demo')}</span>}
      {offline || !online ? (
        <Pill tone="urgent">{t('rounds_cart.offline')}</Pill>
      ) : (
        state?.phase === 'in' && <Network {...state} short={false} />
      )}
      {battery && (
        <span className={battery.percent <= 15 && !battery.charging ? 'late' : undefined}>
          {battery.charging ? <ThunderboltOutlined aria-hidden /> : <CheckOutlined hidden />}{' '}
          {t('rounds_cart.battery', { n: String(battery.percent) })}
          {battery.charging && <span className="unseen">{t('rounds_cart.charging')}</span>}
        </span>
      )}
    </>
  )
}
