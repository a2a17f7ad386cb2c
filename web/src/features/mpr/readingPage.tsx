/** A series of a reading, or of a prior held beside it, in three planes. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { numberOf } from '../../consultation/view'
import { Loaded } from '../../kit/Loaded'
import { usePeopleWords } from '../../kit/people'
import { UnderBar } from '../../kit/Shell'
import { paths } from '../../paths'
import { type Reading, readingQuery } from '../reading/queries'
import { useKeptClaim } from '../reading/useKeptClaim'
import { useReadingStudies } from '../reading/useReadingStudies'
import { expectedOf } from '../studies/ofConsultation'
import { Dark, Frame } from './Frame'
import { Mpr } from './Mpr'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={readingQuery(id)}
      what={t('mpr.title')}
      skeleton={<Dark />}
      failed={(said) => <UnderBar>{said}</UnderBar>}
    >
      {(reading) => <One key={id} reading={reading} />}
    </Loaded>
  )
}

function One({ reading }: { reading: Reading }) {
  const { hospital } = usePeopleWords()
  const studies = useReadingStudies(reading)
  const navigate = useNavigate()
  useKeptClaim(reading) // of the report in the other window, which says so if it is lost
  const { identity } = reading
  const expected = useMemo(() => expectedOf(identity), [identity])
  return (
    <Frame
      patient={{
        ...identity,
        number: numberOf(identity),
        place: { ...identity, hospital: hospital(identity.hospital_id) },
      }}
    >
      <Mpr {...{ studies, expected }} onBack={() => navigate(paths.reading(reading.id))} />
    </Frame>
  )
}
