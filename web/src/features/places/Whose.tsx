/** Whose places are shown: a hub's administrator looks at the branches' too. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { usePeopleWords } from '../../kit/people'
import css from './places.module.css'
import { hospitalsQuery } from './queries'

type Props = {
  title: string
  note: string
  children: (hospital: string, mine: boolean) => ReactNode
}

export function Whose({ title, note, children }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const words = usePeopleWords()
  const { data } = useQuery(hospitalsQuery())
  const [hospital, setHospital] = useState(actor.hospital_id)
  const mine = hospital === actor.hospital_id
  return (
    <>
      <PageHead title={title} note={note}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        {(data?.items.length ?? 0) > 1 && (
          <Select
            className={css.whose ?? ''}
            aria-label={t('places.hospital')}
            value={hospital}
            onChange={setHospital}
            options={(data?.items ?? []).map(({ id }) => ({
              value: id,
              label: words.hospital(id),
            }))}
          />
        )}
        {!mine && <Notice>{t('places.own_only', { hospital: words.hospital(hospital) })}</Notice>}
        {children(hospital, mine)}
      </div>
    </>
  )
}
