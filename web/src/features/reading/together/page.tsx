/** 一起阅片: a reading's images as all who are there see them, beside them who is there and what they say. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { Problem } from '../../../api/problem'
import type { Call, CallState } from '../../../call'
import { Loaded } from '../../../kit/Loaded'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import { UnderBar } from '../../../kit/Shell'
import { Bar, Busy } from '../../../kit/Skeletons'
import { Theme } from '../../../kit/Theme'
import { paths } from '../../../paths'
import { dark } from '../../../theme'
import { useSharing } from '../../room/pictures/useSharing'
import { Watermark } from '../../room/pictures/Watermark'
import { useRefusals } from '../../room/useRefusals'
import { useEntered } from '../../room/visit/useEntered'
import type { Meeting } from '../../room/visit/usePeers'
import { useCallState, useStore } from '../../room/visit/useVisit'
import type { Visit } from '../../room/visit/visit'
import { expectedOf } from '../../studies/ofConsultation'
import StudyPanel from '../../studies/StudyPanel'
import { StudySkeleton } from '../../studies/StudySkeleton'
import pageCss from '../onePage.module.css'
import { type Reading, readingQuery } from '../queries'
import { useReadingStudies } from '../useReadingStudies'
import { Whose } from '../Whose'
import { Aside } from './Aside'
import { togetherQuery } from './queries'
import css from './together.module.css'

const skeleton = (
  <div className={pageCss.page}>
    <Bar height={44} />
    <StudySkeleton shared />
  </div>
)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={readingQuery(id)}
      what={t('reading.together.title')}
      skeleton={<Theme palette={dark}>{skeleton}</Theme>}
      failed={(said) => <UnderBar>{said}</UnderBar>}
    >
      {(reading) => (
        <Theme palette={dark}>
          <Together key={id} reading={reading} />
        </Theme>
      )}
    </Loaded>
  )
}

function Together({ reading }: { reading: Reading }) {
  const { t } = useTranslation()
  const visit = useEntered(reading.id)
  return visit ? (
    <Visited reading={reading} visit={visit} />
  ) : (
    <Busy what={t('reading.together.title')}>{skeleton}</Busy>
  )
}

function Visited({ reading, visit }: { reading: Reading; visit: Visit }) {
  const { t } = useTranslation()
  const { call, refusal } = useStore(visit.store)
  const state = useCallState(call)
  useRefusals(state?.problem ?? null)
  const ended = state?.phase === 'ended' ? state.end : null
  return (
    <main className={pageCss.page} aria-label={t('reading.together.title')}>
      <Whose identity={reading.identity} />
      {ended ? (
        <Out
          reading={reading}
          reason={ended.reason}
          refusal={refusal}
          onAgain={() => visit.join()}
        />
      ) : call && state?.phase === 'in' ? (
        <Inside reading={reading} visit={visit} call={call} state={state} />
      ) : (
        <p className={css.entering} role="status">
          {t('reading.together.entering')}
        </p>
      )}
    </main>
  )
}

type InsideProps = { reading: Reading; visit: Visit; call: Call; state: CallState }

function Inside({ reading, visit, call, state }: InsideProps) {
  const { data } = useQuery(togetherQuery(reading.id))
  const here = data?.here
  const meeting = useMemo<Meeting>(
    () => ({ id: reading.id, participants: (here ?? []).map((person) => ({ person })) }),
    [reading.id, here],
  )
  const studies = useStudies(reading, state)
  const expected = useMemo(() => expectedOf(reading.identity), [reading.identity])
  // Whoever comes into a room with nobody else there shows what they see, until somebody takes over.
  const alone = state.people.every((each) => each.state === 'reconnecting')
  const opens = state.linked && alone && state.presenter === null
  const sharing = useSharing(call, state, studies, meeting, opens)
  return (
    <div className={pageCss.split}>
      <div className={pageCss.images}>
        <StudyPanel studies={studies} expected={expected} sharing={sharing} keysAtOnce />
      </div>
      <div className={css.watched}>
        <Aside
          reading={reading}
          meeting={meeting}
          together={data ?? null}
          call={call}
          state={state}
          media={visit.media}
        />
        <Watermark />
      </div>
    </div>
  )
}

/** The study and its priors, those of them that are open in the room. */
function useStudies(reading: Reading, state: CallState) {
  const all = useReadingStudies(reading)
  const open = state.studies.join(' ')
  return useMemo(() => {
    const there = new Set(open.split(' '))
    return all.filter(({ hospital, uid }) => there.has(`${hospital}/${uid}`))
  }, [all, open])
}

type Reason = NonNullable<CallState['end']>['reason']
const SAID = ['left', 'called_away', 'replaced', 'full', 'no_access', 'outdated'] as const
const saidOf = (reason: Reason) => SAID.find((each) => each === reason) ?? 'failed'

type OutProps = {
  reading: Reading
  reason: Reason
  refusal: Problem | null
  onAgain: () => void
}

function Out({ reading, reason, refusal, onAgain }: OutProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const text = useProblemText()
  const said = saidOf(reason)
  const again = said === 'outdated' ? () => window.location.reload() : onAgain
  return (
    <section className={css.out}>
      <h1>{t(`reading.together.out.${said}`)}</h1>
      {refusal && <Notice tone="urgent">{text(refusal)}</Notice>}
      <div className={css.ways}>
        {said !== 'no_access' && (
          <Button type="primary" onClick={again}>
            {t('reading.together.again')}
          </Button>
        )}
        <Button onClick={() => void navigate(paths.reading(reading.id))}>
          {t('reading.together.alone')}
        </Button>
      </div>
    </section>
  )
}
