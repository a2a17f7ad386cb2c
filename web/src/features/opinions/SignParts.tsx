/** What the signer reads before signing: patient, opinion, and what follows. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import type { PatientIdentity } from '../../kit/types'
import { allRows } from './content'
import type { Content } from './queries'
import css from './sign.module.css'

type Consultation = Schemas['ConsultationOut']

export function IdentityPart({
  identity,
  content,
}: {
  identity: PatientIdentity | null
  content: Content
}) {
  const { t } = useTranslation()
  const words = usePatientWords()
  const sides = [...new Set(content.key_images.flatMap(({ side }) => (side ? [side] : [])))]
  return (
    <section className={css.part}>
      <h3>
        <i aria-hidden>1</i>
        {t('opinions.sign.identity')}
      </h3>
      {identity && (
        <div className={css.identity}>
          <b>{words.name(identity)}</b>
          <b>{identity.number?.value ?? '—'}</b>
          <b>
            {sides.length > 0 ? sides.map((side) => t(`key_images.side.${side}`)).join(' ') : '—'}
          </b>
          <span className="secondary small">
            {words.sex(identity.sex)} {words.age(identity)}
          </span>
          <span className="secondary small">
            {words.allergy(identity.allergy, identity.allergy_text)}
          </span>
          <span className="secondary small">
            {sides.length > 0 ? t('key_images.side_hint') : t('opinions.sign.no_sides')}
          </span>
        </div>
      )}
      <p className="secondary small">
        {t(
          content.key_images.length > 0
            ? 'opinions.sign.identity_note'
            : 'opinions.sign.patient_note',
        )}
      </p>
    </section>
  )
}

/** The version of the packet that the opinion rests on, and the newest where that is another. */
export type Rests = { on: number; newest: number | null }

export function ContentPart({ rests, content }: { rests: Rests; content: Content }) {
  const { t } = useTranslation()
  const rows = allRows(content)
  return (
    <section className={css.part}>
      <h3>
        <i aria-hidden>2</i>
        {t('opinions.sign.content')}
        <Pill tone="done">{t('opinions.sign.complete')}</Pill>
      </h3>
      <p>
        {rows.length > 0
          ? t('opinions.sign.rows', { count: rows.length })
          : t('opinions.sign.rows_none')}
        {' · '}
        {t('opinions.sign.images', { count: content.key_images.length })}
      </p>
      <p className="secondary small">
        {t('opinions.sign.packet', { version: String(rests.on) })}
        {rests.newest !== null && (
          <b className="late"> {t('opinions.sign.newer', { version: String(rests.newest) })}</b>
        )}
      </p>
    </section>
  )
}

export function AfterPart({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  return (
    <section className={css.part}>
      <h3>{t('opinions.sign.after')}</h3>
      <ul className={css.after}>
        {consultation.requester && (
          <li>{t('opinions.sign.next_sent', { name: named(consultation.requester) })}</li>
        )}
        <li>{t('opinions.sign.next_record')}</li>
        <li>{t('opinions.sign.next_amend')}</li>
      </ul>
    </section>
  )
}
