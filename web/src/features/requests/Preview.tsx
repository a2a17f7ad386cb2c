/** The 会诊申请单 as its readers will see it. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../api/clock'
import { departmentsQuery } from '../../consultation/queries'
import { Part, RequestParts, Story } from '../../consultation/Story'
import { identityOf, requestOf } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { Drawer } from '../../kit/Drawer'
import { Notice } from '../../kit/Notice'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePeopleWords } from '../../kit/people'
import { UrgencyTag } from '../../kit/UrgencyTag'
import { siteDay } from '../../zone'
import { useDraft } from './draft'
import { accompanyingQuery } from './queries'
import css from './requests.module.css'
import { isAsSoonAsPossible } from './wishes'
import { useMissingWords } from './words'

/** The names of the papers, or why one was not done. */
function usePapers(): string[] {
  const { t } = useTranslation()
  const { row } = useDraft()
  const words = useMissingWords()
  return row.packet
    .filter(({ kind }) => kind !== 'study')
    .map((item) => {
      const name = item.checklist ? words.checklist(item.checklist) : item.title
      return item.reason
        ? `${name}${t('state.in_brackets', { text: t('requests.attachments.because', { reason: item.reason }) })}`
        : name
    })
}

/** How the consultation shall be held, as names and values. */
function useFacts(): [name: string, value: string][] {
  const { t, i18n } = useTranslation()
  const { row } = useDraft()
  const { named, withTitle } = usePeopleWords()
  const { moment, time } = useFormat()
  const now = useNow()
  const papers = usePapers()
  const { data: departments } = useQuery(departmentsQuery())
  const { data: staff } = useQuery(accompanyingQuery(row.branch_id))
  const { content } = row
  const wanted = departments?.find(
    ({ hospital_id, specialty }) => hospital_id === row.hub_id && specialty === content.specialty,
  )
  const title =
    content.title_wanted === 'attending' ||
    content.title_wanted === 'associate_chief' ||
    content.title_wanted === 'chief'
      ? t(`requests.wanted.title_from.${content.title_wanted}`)
      : ''
  const known = staff?.find(({ name }) => name === content.attending)
  const attending = known ? named(known) : content.attending
  const accompanying = staff?.find(({ id }) => id === row.accompanying_id)
  const consent = row.consents.find(({ state }) => state !== 'withdrawn')
  const separator = i18n.language === 'en' ? ', ' : '、'
  const images = (content.studies ?? []).map(
    ({ description }) => description || t('requests.images.unnamed'),
  )
  return [
    [t('requests.preview.wanted'), [wanted ? named(wanted) : '', title].filter(Boolean).join(' ')],
    [
      t('requests.preview.when'),
      (content.wishes ?? [])
        .map((wish) => {
          const soon = isAsSoonAsPossible(wish, now) ? `${t('requests.wishes.asap')} ` : ''
          const sameDay = siteDay(Date.parse(wish.start)) === siteDay(Date.parse(wish.end))
          return `${soon}${moment(wish.start)}–${sameDay ? time(wish.end) : moment(wish.end)}`
        })
        .join(separator),
    ],
    [
      t('requests.preview.way'),
      `${t(`requests.way.modes.${row.mode}`)} · ${t(`requests.way.presents.${row.patient_present ? 'yes' : 'no'}`)}`,
    ],
    [t('requests.preview.accompanying'), accompanying ? withTitle(accompanying) : ''],
    [t('requests.preview.attending'), `${attending} ${content.attending_phone}`.trim()],
    [
      t('requests.preview.consent'),
      consent
        ? `${t(`requests.consent.kinds.${consent.kind}`)} · ${t(`requests.consent.state.${consent.state}`)} · ${consent.number}`
        : '',
    ],
    [t('requests.preview.attachments'), papers.join(separator)],
    [
      t('requests.preview.images'),
      content.no_images ? t('requests.images.no_images') : images.join(separator),
    ],
  ]
}

export function Preview({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { row, missing } = useDraft()
  const { hospital } = usePeopleWords()
  const words = useMissingWords()
  const facts = useFacts()
  const none = t('consultation.not_given')
  return (
    <Drawer open width={760} title={t('requests.preview.title')} onClose={onClose}>
      {row.patient && (
        <PatientBanner
          patient={identityOf(row.patient, row.content, hospital, row.department_en)}
          extra={<UrgencyTag urgency={row.urgency} />}
        />
      )}
      {row.state === 'draft' && <Notice>{t('requests.preview.draft')}</Notice>}
      {missing.length > 0 && (
        <Notice tone="urgent">
          {t('requests.foot.incomplete', { items: words.list(missing) })}
        </Notice>
      )}
      <Story>
        <RequestParts request={requestOf(row.content)} />
        <Part title={t('requests.section.way')}>
          <dl className={css.facts}>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value || <span className="secondary">{none}</span>}</dd>
              </div>
            ))}
          </dl>
        </Part>
      </Story>
    </Drawer>
  )
}
