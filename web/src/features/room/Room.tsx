/** The consultation room in one page: video, study, and what is written; the patient above, the controls below. */
import { lazy, memo, type ReactNode, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { framed } from '../../api/atDevice'
import type { Call, CallState, LocalMedia } from '../../call'
import type { Consultation } from '../../consultation/view'
import { Theme } from '../../kit/Theme'
import { dark } from '../../theme'
import { useKeyImage } from '../opinions/draft'
import { useConsultationStudies } from '../studies/ofConsultation'
import type { StudyPanelProps } from '../studies/StudyPanel'
import { StudySkeleton } from '../studies/StudySkeleton'
import { Side, type SideProps } from './panels/Side'
import { type Tab, Tabs } from './panels/Tabs'
import { useUnread } from './panels/useUnread'
import { Banner } from './pictures/Banner'
import { Columns, type Part, videoAway } from './pictures/Columns'
import { Controls, type Opened } from './pictures/Controls'
import { People } from './pictures/People'
import css from './pictures/room.module.css'
import { Screen, sharerOf } from './pictures/Screen'
import { Strips } from './pictures/Strips'
import { useNarrow } from './pictures/useNarrow'
import { useSharing } from './pictures/useSharing'
import { useWindow } from './pictures/useWindow'
import { Watermark } from './pictures/Watermark'
import { SideSkeleton } from './RoomSkeleton'
import { useMet } from './visit/useMet'
import { useMine } from './visit/useMine'

export const studyPanel = () => import('../studies/StudyPanel')
const StudyPanel = memo(lazy(studyPanel) as React.FC<StudyPanelProps>)

type Props = { call: Call; state: CallState; media: LocalMedia; consultation: Consultation }

/** Which of what is written stands beside the picture; on a phone the study is one of them. */
function useTabs(lead: boolean, narrow: boolean, bare: boolean) {
  const written: Tab[] = lead ? ['opinion', 'packet', 'chat'] : ['packet', 'chat']
  const usual: Tab = lead ? 'opinion' : 'packet'
  const [picked, setTab] = useState<Tab>(narrow ? 'study' : usual)
  const tab = bare && picked === 'study' ? usual : picked // until there is one
  const onChat = () => setTab(tab !== 'chat' ? 'chat' : narrow ? 'study' : usual)
  return { written, usual, tab, setTab, onChat }
}

/** Where there is nothing to look at, the picture of the ward has the place. */
const isBare = (
  { studies, gone }: ReturnType<typeof useConsultationStudies>,
  state: CallState,
): boolean => studies.length === 0 && gone.size === 0 && !sharerOf(state)

export function Room({ call, state, media, consultation: c }: Props) {
  const { t } = useTranslation()
  const { lead } = useMine(c)
  const narrow = useNarrow()
  const shown = useConsultationStudies(c)
  const met = useMet(state)
  const bare = isBare(shown, state)
  const { written, usual, tab, setTab, onChat } = useTabs(lead, narrow, bare)
  const unread = useUnread(state.chat, tab === 'chat')
  const [filled, setFilled] = useState<Part | null>(null)
  const [dialog, setDialog] = useState<Opened | null>(null)
  const onHelp = useCallback(() => setDialog('keys'), [])
  const onKeyImage = useKeyImage(c.id)
  const opens = lead && state.linked && c.state === 'in_progress'
  const shared = useSharing(call, state, shown.studies, c, opens)
  const { sharing, open } = useWindow(c.id, shared, onKeyImage)
  const here = { call, state, consultation: c }
  const away = videoAway(filled, narrow)
  // Below the pictures, so that nothing moves when a line comes or goes; without pictures above everything.
  const strips = (
    <Strips {...here} media={media} videoAway={away} onPacket={() => setTab('packet')} />
  )
  const phoneTabs = (
    <Tabs
      tabs={bare ? written : ['study', ...written]}
      tab={tab}
      onTab={setTab}
      unread={unread}
      whole={{ on: filled !== null, onChange: () => setFilled(filled ? null : 'study') }}
    />
  )
  return (
    <Theme palette={dark}>
      <main className={css.room} aria-label={t('room.title')}>
        <Banner consultation={c} link={state} />
        <div>{away && strips}</div>
        <Columns
          filled={filled}
          narrow={narrow ? { shown: tab === 'study' ? 'study' : 'side', tabs: phoneTabs } : null}
          video={<Pictures {...here} bare={bare} strips={!away && strips} />}
          study={
            bare ? null : (
              <Middle
                {...shown}
                met={met}
                state={state}
                consultation={c}
                sharing={sharing}
                onKeyImage={onKeyImage}
                onPopOut={narrow || framed() ? undefined : open}
                onHelp={onHelp}
              />
            )
          }
          side={
            <Written
              {...here}
              met={met}
              tabs={narrow ? null : written}
              tab={tab === 'study' ? usual : tab}
              onTab={setTab}
            />
          }
        />
        <Controls
          {...here}
          media={media}
          filled={filled}
          onFill={setFilled}
          chatting={tab === 'chat'}
          unread={unread}
          onChat={onChat}
          opened={dialog}
          onOpen={setDialog}
          onPresent={sharing.presenter?.me ? sharing.release : sharing.take}
        />
      </main>
    </Theme>
  )
}

type PicturesProps = Omit<Props, 'media'> & { bare: boolean; strips: ReactNode }

function Pictures({ bare, strips, ...here }: PicturesProps) {
  const { t } = useTranslation()
  return (
    <Watched>
      <People {...here} />
      {strips}
      {bare && (
        <p className={css.no_study} role="status">
          {t('room.no_study')}
        </p>
      )}
    </Watched>
  )
}

/** With who looks at it faint above. */
function Watched({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Watermark />
    </>
  )
}

/** The right column; its shape until those who meet see each other. */
function Written({ met, ...side }: SideProps & { met: boolean }) {
  return <Watched>{met ? <Side {...side} /> : <SideSkeleton />}</Watched>
}

type MiddleProps = StudyPanelProps & Pick<Props, 'state' | 'consultation'> & { met: boolean }

/** The study; over it a shared screen, while there is one. */
function Middle({ state, consultation, met, ...panel }: MiddleProps) {
  if (!met) return <StudySkeleton shared />
  return (
    <>
      <Suspense fallback={<StudySkeleton shared />}>
        <StudyPanel {...panel} />
      </Suspense>
      <Screen state={state} consultation={consultation} />
    </>
  )
}
