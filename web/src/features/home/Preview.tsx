/** A look at the case from the list, with everything that may be done from here in its foot. */
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
import { PreviewActs } from './PreviewActs'
import { consultationIdOf, placeOf, type Work } from './view'

type Props = { item: Work; onClose: () => void }

export default function Preview({ item, onClose }: Props) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { place } = usePatientWords()
  const { kind, who, when, text } = useItemWords(item)
  const id = consultationIdOf(item)
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
      width={640}
      title={
        <span className={css.title}>
          {kind} {when}
          <Link to={paths.consultation(id)}>{t('home.open_case')}</Link>
        </span>
      }
      onClose={onClose}
      foot={<PreviewActs item={item} id={id} onDone={onClose} />}
    >
      <Loaded
        query={consultationQuery(id)}
        what={t('consultation.title')}
        skeleton={<PanelSkeleton rows={6} />}
      >
        {(c) => (
          <>
            {c.patient && (
              <PatientBanner
                patient={identityOf(c.patient, c.content, hospital, c.department_en)}
              />
            )}
            <RequestParts request={requestOf(c.content)} />
            <Part title={t('consultation.images')}>
              <Packet consultation={c} />
            </Part>
          </>
        )}
      </Loaded>
    </Drawer>
  )
}
