/** The packet at a glance: its studies and documents; one act opens the images. */
import { ExportOutlined, FileImageOutlined, FileTextOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { useFormat } from '../i18n/format'
import { AheadLink } from '../kit/AheadLink'
import { paths } from '../paths'
import css from './Packet.module.css'
import { asTitle, type Consultation, wordOr } from './view'

type Study = Schemas['StudyOut']
type Item = Schemas['PacketItemOut']

/** A thumbnail of the study's middle image; an icon if there is none. */
function Thumb({ src, icon }: { src: string | null; icon: ReactNode }) {
  const [broken, setBroken] = useState(false)
  if (!src || broken) return <span className={css.blank}>{icon}</span>
  return (
    <img src={src} alt="" loading="lazy" width={240} height={124} onError={() => setBroken(true)} />
  )
}

const thumbOf = ({ hospital_id, study_uid, received }: Study): string | null =>
  study_uid && received > 0
    ? `/dicomweb/studies/${study_uid}/thumbnail?hospital=${encodeURIComponent(hospital_id)}`
    : null

/** Whether images are still to come: before it is submitted nobody is asked for them, nor once it is signed or over. */
type Coming = 'not_asked' | 'asked' | 'signed' | 'over'
const COMING: Partial<Record<Schemas['State'], Coming>> = {
  draft: 'not_asked',
  signed: 'signed',
  acknowledged: 'signed',
  executing: 'signed',
  closed: 'signed',
  archived: 'signed',
  declined: 'over',
  discarded: 'over',
  cancelled: 'over',
  no_show: 'over',
  expired: 'over',
}
const comingOf = ({ state }: Consultation): Coming => COMING[state] ?? 'asked'

function useStudyWords(coming: Coming) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const ended = coming === 'signed' || coming === 'over'
  return {
    title: ({ description, modalities }: Study) =>
      [modalities.join('/'), description].filter(Boolean).join(' ') ||
      t(ended ? 'consultation.images' : 'consultation.study.unnamed'),
    taken: ({ taken_at }: Study) =>
      taken_at
        ? t('consultation.study.taken', { at: moment(taken_at) })
        : t('consultation.study.not_taken'),
    count: ({ received, expected }: Study) => {
      if (received === 0)
        return t(ended ? 'consultation.study.never' : 'consultation.study.missing')
      return expected === null
        ? t('consultation.images_unknown', { received: String(received) })
        : t('consultation.images_count', {
            received: String(received),
            expected: String(expected),
          })
    },
  }
}

function StudyCard({ study, to, coming }: { study: Study; to: string | null; coming: Coming }) {
  const { t } = useTranslation()
  const words = useStudyWords(coming)
  const title = words.title(study)
  const doubt = study.link === 'proposed' || study.link === 'rejected' ? study.link : null
  const inside = (
    <>
      <Thumb src={thumbOf(study)} icon={<FileImageOutlined aria-hidden />} />
      <b>{title}</b>
      <span className="secondary">{words.taken(study)}</span>
      <span className={study.complete ? 'secondary' : 'late'}>{words.count(study)}</span>
      {study.taken_along && !doubt && (
        <span className="secondary" title={t('consultation.study.taken_along_why')}>
          {t('consultation.study.taken_along')}
        </span>
      )}
      {doubt && <span className="late">{t(`consultation.study.${doubt}`)}</span>}
      {study.differs && !doubt && (
        <span className="late" title={t('consultation.study.differs')}>
          {t('consultation.study.differs')}
        </span>
      )}
    </>
  )
  if (to === null || study.received === 0 || doubt) return <li className={css.card}>{inside}</li>
  return (
    <li className={css.card}>
      <AheadLink to={to}>
        <span className="unseen">{t('consultation.open_images')} </span>
        {inside}
      </AheadLink>
    </li>
  )
}

function FileCard({ item }: { item: Item }) {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  // Items of the checklist have names of ours; other files have their sender's.
  const asked = item.checklist
    ? wordOr(t, (key) => i18n.exists(key), `missing.checklist.${item.checklist}`, '')
    : ''
  const title = asTitle(asked) || item.title || t('consultation.images')
  const picture = item.media_type?.startsWith('image/') ?? false
  const href = item.file_id && `/api/files/${item.file_id}/content`
  const inside = (
    <>
      <Thumb
        src={picture ? href : null}
        icon={picture ? <FileImageOutlined aria-hidden /> : <FileTextOutlined aria-hidden />}
      />
      <b>{title}</b>
      <span className={`secondary ${item.kind === 'not_done' ? css.reason : ''}`}>
        {item.kind === 'not_done'
          ? t('consultation.not_done', { reason: item.reason ?? '' })
          : t('consultation.file.added', { at: moment(item.added_at) })}
      </span>
      {item.supplement && <span className={css.supplement}>{t('consultation.supplement')}</span>}
    </>
  )
  if (!href) return <li className={css.card}>{inside}</li>
  return (
    <li className={css.card}>
      <a href={href} target="_blank" rel="noreferrer">
        <span className="unseen">{t('consultation.file.open')} </span>
        {inside}
      </a>
    </li>
  )
}

/** Why there is nothing, and whether anything is to come. */
function Nothing({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { no_images, images_from_radiographer } = c.content
  if (no_images) return <p className="secondary">{t('consultation.no_images_needed')}</p>
  const why = images_from_radiographer
    ? (`consultation.images_coming.${comingOf(c)}` as const)
    : 'consultation.no_pictures'
  return <p className="secondary">{t(why)}</p>
}

/** `here`: the images are on the screen already, so nothing leads to them. */
export function Packet({
  consultation: c,
  here = false,
}: {
  consultation: Consultation
  here?: boolean
}) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const files = c.packet.filter(({ kind }) => kind !== 'study')
  const open = !here && c.studies.some(({ received }) => received > 0)
  return (
    <>
      {c.studies.length === 0 && files.length === 0 && <Nothing consultation={c} />}
      <ul className={css.strip}>
        {c.studies.map((study, i) => (
          <StudyCard
            key={study.study_uid ?? i}
            study={study}
            to={here ? null : paths.images(c.id)}
            coming={comingOf(c)}
          />
        ))}
        {files.map((item) => (
          <FileCard key={item.id} item={item} />
        ))}
      </ul>
      <div className={css.foot}>
        {c.packet_version > 0 && (
          <span className="secondary small">
            {c.packet_locked_at
              ? t('consultation.packet_locked', {
                  version: String(c.packet_version),
                  at: moment(c.packet_locked_at),
                })
              : t('consultation.packet', { version: String(c.packet_version) })}
          </span>
        )}
        {open && (
          <AheadLink className="push" to={paths.images(c.id)}>
            <ExportOutlined aria-hidden /> {t('consultation.open_images')}
          </AheadLink>
        )}
      </div>
    </>
  )
}
