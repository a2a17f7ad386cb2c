/** Beside a reading: its critical findings and how far each is, and raising one. */
import { AlertOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../api/session'
import { paths } from '../../paths'
import css from './critical.module.css'
import { ofReadingQuery } from './queries'
import { RaiseDialog } from './RaiseDialog'
import { useFindingWords } from './words'

type Props = { reading: { id: string; modality: string; hub_id: string } }

export default function OfReading({ reading: { id, modality, hub_id } }: Props) {
  const { t } = useTranslation()
  const { actor, roles } = useSession()
  const words = useFindingWords()
  const [raising, setRaising] = useState(false)
  const { data = [] } = useQuery(ofReadingQuery(id))
  const reads = actor.hospital_id === hub_id && roles.includes('radiologist')
  if (data.length === 0 && !reads) return null
  return (
    <section className={css.ofReading} aria-label={t('critical.title')}>
      {data.map((each) => (
        <Link key={each.id} className={css.raised} to={paths.criticalFinding(each.id)}>
          <AlertOutlined aria-hidden />{' '}
          {each.withdrawn_at ? (
            <del>
              {words.word(each.finding)} {words.value(each)}
            </del>
          ) : (
            <>
              <b>{words.word(each.finding)}</b> {words.value(each)}
            </>
          )}{' '}
          {t(`critical.state.${each.state}`)} {each.withdrawn_words}
          {each.printed && ` · ${t('critical.printed')}`}
        </Link>
      ))}
      {reads && (
        <Button danger onClick={() => setRaising(true)}>
          {t('critical.do.raise')}…
        </Button>
      )}
      {raising && (
        <RaiseDialog reading={id} modality={modality} onClose={() => setRaising(false)} />
      )}
    </section>
  )
}
