/** A look at the case from the list, with everything that may be done from here in its foot. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Packet } from '../../consultation/Packet'
import { consultationQuery } from '../../consultation/queries'
import { Part, RequestParts } from '../../consultation/Story'
import { identityOf, requestOf } from '../../consultation/view'
import { Drawer } from '../../kit/Drawer'
import { Loaded } from '../../kit/Loaded'
import { PatientBanner } from '../../kit/PatientBanner'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { useItemWords } from './Item'
import css from './Preview.module.css'
import { LeadActs, leadActOf, PreviewActs } from './PreviewActs'
import { consultationIdOf, placeOf, type Work } from './view'

type Props = { item: Work; onClose: () => void }

export default function Preview({ item, onClose }: Props) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { place } = usePatientWords()
  const { kind, who, when, text } = useItemWords(item)
  const id = consultationIdOf(item)
  const { data: known } = useQuery({ ...consultationQuery(id ?? ''), enabled: id !== null })
  const act = known ? leadActOf(item, known) : null
  if (!id)
    return (
      <Drawer open title={kind} onClose={onClose}>
        <p>
          <b>{who}</b>
        </p>
        {item.place && <p className="secondary">{place(placeOf(item.place, hospital))}</p>}
        <p>{text}</p>
      </Drawer>
    )
  return (
    <Drawer
      open
      flush
      width={act ? 1080 : 640}
      title={
        <span className={css.title}>
          {kind} {when}
          <Link to={paths.consultation(id)}>{t('home.open_case')}</Link>
        </span>
      }
      onClose={onClose}
      foot={known && !act && <PreviewActs consultation={known} onDone={onClose} />}
    >
      <Loaded
        query={consultationQuery(id)}
        what={t('consultation.title')}
        skeleton={<PanelSkeleton rows={6} />}
      >
        {(c) => (
          <div className={act ? css.beside : ''}>
            {c.patient && (
              <PatientBanner
                patient={identityOf(c.patient, c.content, hospital, c.department_en)}
              />
            )}
            <div className={css.read} {...(act ? { tabIndex: 0 } : {})}>
              <RequestParts request={requestOf(c.content)} />
              <Part title={t('consultation.images')}>
                <Packet consultation={c} />
              </Part>
            </div>
            {act && <LeadActs consultation={c} act={act} onDone={onClose} />}
          </div>
        )}
      </Loaded>
    </Drawer>
  )
}
