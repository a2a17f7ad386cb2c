/** Below in the room: what one does oneself, and the two ways out. */
import {
  AudioMutedOutlined,
  AudioOutlined,
  DesktopOutlined,
  FullscreenOutlined,
  LogoutOutlined,
  MessageOutlined,
  QuestionCircleOutlined,
  SettingOutlined,
  StopOutlined,
  TeamOutlined,
  VideoCameraAddOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons'
import { App } from 'antd'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, CallState, LocalMedia } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { withWords } from '../../../i18n'
import { MORE } from '../../../i18n/words'
import { Dialog } from '../../../kit/Dialog'
import { LanguageSwitch } from '../../../kit/LanguageSwitch'
import { anyUnsaved } from '../../../kit/unsaved'
import { Devices } from '../visit/Devices'
import { useMine } from '../visit/useMine'
import type { Part } from './Columns'
import css from './controls.module.css'
import { EndDialog } from './EndDialog'
import { KeysSheet } from './KeysSheet'
import { useKeys } from './keys'
import { LeaveDialog } from './LeaveDialog'
import { Members } from './Members'
import { useNarrow } from './useNarrow'

type Props = {
  call: Call
  state: CallState
  media: LocalMedia
  consultation: Consultation
  filled: Part | null
  onFill: (part: Part | null) => void
  chatting: boolean
  unread: number
  onChat: () => void
  onPresent: () => void
  opened: Opened | null
  onOpen: (dialog: Opened | null) => void
}

export type Opened = 'people' | 'devices' | 'keys' | 'end' | 'unsaved' | 'leave'
const UnsavedQuestion = lazy(async () => ({
  default: (await withWords(MORE, import('../../../kit/Leaving'))).LeaveQuestion,
}))
/** Telephones have no screen to share. */
const SHARES = 'getDisplayMedia' in (navigator.mediaDevices ?? {})
/** One's own no to the browser needs no answer; that of the operating system does, under the same name. */
const closedTheQuestion = (error: unknown): boolean =>
  error instanceof Error && error.name === 'NotAllowedError' && !/system/i.test(error.message)
const PARTS = ['video', 'study', 'side'] as const

export function Controls(p: Props) {
  const { t } = useTranslation()
  const { call, state, media, consultation: c, onOpen } = p
  const { lead, accompanying } = useMine(c)
  const narrow = useNarrow()

  const here = String(state.people.length + 1)
  const own = {
    speak: () => void media.mute('mic', isOn(state.local.sources.mic)),
    show: () => void media.mute('camera', isOn(state.local.sources.camera)),
  }
  const breaks = (lead || accompanying) && c.state === 'in_progress'
  const leaveSaved = () => (breaks ? onOpen('leave') : call.leave())
  const leave = () => (anyUnsaved() ? onOpen('unsaved') : leaveSaved())
  useKeys({
    m: state.publishing ? own.speak : undefined,
    v: state.publishing ? own.show : undefined,
    c: p.onChat,
    p: p.onPresent,
    '?': () => onOpen('keys'),
  })
  return (
    <div className={css.bar} role="toolbar" aria-label={t('room.bar.title')}>
      <Fills hidden={narrow} filled={p.filled} onFill={p.onFill} />
      <div className={css.controls}>
        {state.publishing && <Own state={state} media={media} {...own} />}
        {!narrow && (
          <Control
            icon={<MessageOutlined />}
            label={t('room.bar.chat')}
            count={p.unread}
            on={p.chatting}
            onClick={p.onChat}
          />
        )}
        <Control
          icon={<TeamOutlined />}
          label={t('room.bar.people', { n: here })}
          short={t('room.bar.people_short', { n: here })}
          onClick={() => onOpen('people')}
        />
        {state.publishing && (
          <Control
            icon={<SettingOutlined />}
            label={t('room.bar.devices')}
            onClick={() => onOpen('devices')}
          />
        )}
        {!narrow && (
          <Control
            icon={<QuestionCircleOutlined />}
            label={t('room.bar.keys')}
            onClick={() => onOpen('keys')}
          />
        )}
        <span className={css.ways}>
          <Control icon={<LogoutOutlined />} label={t('room.bar.leave')} onClick={leave} />
          {c.actions.includes('end') && (
            <Control
              icon={<StopOutlined />}
              label={t('room.bar.end')}
              short={t('room.bar.end_short')}
              danger
              onClick={() => onOpen('end')}
            />
          )}
        </span>
      </div>
      {!narrow && (
        <div className={css.language}>
          <LanguageSwitch />
        </div>
      )}
      <Dialogs {...p} onClose={() => onOpen(null)} onLeave={leaveSaved} />
    </div>
  )
}

/** There, and not muted. */
const isOn = (source: { muted: boolean } | undefined): boolean =>
  source !== undefined && !source.muted

function Fills({ hidden, filled, onFill }: Pick<Props, 'filled' | 'onFill'> & { hidden: boolean }) {
  const { t } = useTranslation()
  return (
    <fieldset className={css.fills} hidden={hidden} aria-label={t('room.parts.title')}>
      <FullscreenOutlined aria-hidden />
      {PARTS.map((part) => (
        <button
          key={part}
          type="button"
          aria-pressed={filled === part}
          title={t(filled === part ? 'room.parts.back' : `room.parts.fill.${part}`)}
          onClick={() => onFill(filled === part ? null : part)}
        >
          {t(filled === part ? 'room.parts.back' : `room.parts.name.${part}`)}
        </button>
      ))}
    </fieldset>
  )
}

type OwnProps = Pick<Props, 'state' | 'media'> & { speak: () => void; show: () => void }

/** One's own microphone, camera and screen. */
function Own({ state, media, speak, show }: OwnProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { camera, mic, screen } = state.local.sources
  const micOn = isOn(mic)
  const cameraOn = isOn(camera)
  const share = () => {
    if (screen) media.stopScreen()
    else
      void media.shareScreen().catch((error: unknown) => {
        if (!closedTheQuestion(error)) void message.error(t('room.bar.not_shared'), 6)
      })
  }
  return (
    <>
      <Control
        icon={micOn ? <AudioOutlined /> : <AudioMutedOutlined />}
        label={t(micOn ? 'room.bar.mute' : mic ? 'room.bar.unmute' : 'room.bar.mic_on')}
        off={!micOn}
        onClick={speak}
      />
      <Control
        icon={cameraOn ? <VideoCameraOutlined /> : <VideoCameraAddOutlined />}
        label={t(cameraOn ? 'room.bar.camera_off' : 'room.bar.camera_on')}
        short={t('room.devices.camera')}
        off={!cameraOn}
        onClick={show}
      />
      {SHARES && (
        <Control
          icon={<DesktopOutlined />}
          label={t(screen ? 'room.bar.unshare' : 'room.bar.share')}
          short={t('room.bar.screen')}
          on={screen !== undefined}
          onClick={share}
        />
      )}
    </>
  )
}

/** Whatever is opened from the bar. */
function Dialogs({
  call,
  state,
  media,
  consultation: c,
  opened,
  onClose,
  onLeave,
}: Props & { onClose: () => void; onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      {opened === 'people' && (
        <Members call={call} state={state} consultation={c} onClose={onClose} />
      )}
      {opened === 'devices' && (
        <Dialog title={t('room.bar.devices')} onClose={onClose}>
          <Devices media={media} meter />
        </Dialog>
      )}
      {opened === 'keys' && <KeysSheet onClose={onClose} />}
      {opened === 'end' && <EndDialog consultation={c} onClose={onClose} />}
      {opened === 'unsaved' && (
        <Suspense fallback={null}>
          <UnsavedQuestion onLeave={onLeave} onStay={onClose} />
        </Suspense>
      )}
      {opened === 'leave' && <LeaveDialog onLeave={() => call.leave()} onClose={onClose} />}
    </>
  )
}

type ControlProps = {
  icon: ReactNode
  label: string
  /** What is shown of it on a phone; the name stays. */
  short?: string
  onClick: () => void
  on?: boolean
  off?: boolean
  danger?: boolean
  count?: number
}

function Control({ icon, label, short, onClick, on, off, danger, count = 0 }: ControlProps) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  return (
    <button
      type="button"
      className={css.control}
      aria-label={narrow && short ? label : undefined}
      data-on={on ?? false}
      data-off={off ?? false}
      data-danger={danger ?? false}
      onClick={onClick}
    >
      <span aria-hidden>{icon}</span>
      {narrow && short ? short : label}
      {count > 0 && (
        <b className={css.count}>
          {count}
          <span className="unseen">{t('room.bar.unread')}</span>
        </b>
      )}
    </button>
  )
}
