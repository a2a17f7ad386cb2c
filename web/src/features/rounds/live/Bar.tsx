/** Below: one's own sound and picture, and what moves the round on. What one may not do is absent. */
import {
  ArrowRightOutlined,
  AudioMutedOutlined,
  AudioOutlined,
  PauseOutlined,
  QuestionCircleOutlined,
  UserSwitchOutlined,
  VideoCameraAddOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import css from './bar.module.css'
import { ChatTool } from './Chat'
import { useLive } from './context'
import { Dialogs, type Opened } from './Dialogs'
import { once, useLiveKeys } from './keys'
import { PAD } from './Pad'
import type { Item, Round } from './queries'
import { Tool } from './Tool'
import type { Inside } from './useInside'
import { useMoves } from './useMoves'

type Props = {
  round: Round
  shown: Item | null
  inside: Inside | null
  onImages: () => void
  chat: { open: boolean; onChange: () => void }
}

export function Bar({ round, shown, inside, onImages, chat }: Props) {
  const { t } = useTranslation()
  const { is } = useLive()
  const { opened, onOpen, onClose } = useOpened(shown?.id ?? null)
  const moves = useMoves(round, shown, onOpen)
  const { primary, pause, defer, skip, end } = moves
  const handsOver = is('lead') && pause !== null
  const there = inside?.state.phase === 'in' ? inside : null
  useLiveKeys({
    n: primary?.next ? primary.act : undefined,
    i: () => {
      if (chat.open) flushSync(chat.onChange) // it stands where one instructs
      document.getElementById(PAD)?.focus()
    },
    d: defer ?? undefined,
    p: pause?.act,
    v: onImages,
    c: there ? chat.onChange : undefined,
    '?': () => onOpen('keys'),
  })
  return (
    <footer className={css.bar} role="toolbar" aria-label={t('rounds_live.bar.title')}>
      {there && <There round={round} inside={there} chat={chat} />}
      <span className={css.keys}>
        <Tool
          icon={<QuestionCircleOutlined />}
          label={t('rounds_live.keys.help')}
          onClick={() => onOpen('keys')}
        />
      </span>
      <span className={css.moves}>
        {handsOver && (
          <Button icon={<UserSwitchOutlined aria-hidden />} onClick={() => onOpen('hand_over')}>
            {t('rounds_live.bar.hand_over')}
          </Button>
        )}
        {pause?.paused === false && (
          <Button
            icon={<PauseOutlined aria-hidden />}
            loading={pause.busy}
            onClick={once(pause.act)}
          >
            {t('rounds_live.bar.pause')}
          </Button>
        )}
        {skip && <Button onClick={skip}>{t('rounds_live.bar.skip')}</Button>}
        {defer && <Button onClick={defer}>{t('rounds_live.bar.defer')}</Button>}
        {end && !primary?.ends && <Button onClick={end}>{t('rounds_live.bar.end')}</Button>}
        {primary && (
          <Button
            type="primary"
            className={css.primary ?? ''}
            loading={primary.busy}
            onClick={once(primary.act)}
          >
            <span className={css.lines}>
              <b>
                {primary.label} {primary.next && <ArrowRightOutlined aria-hidden />}
              </b>
              {primary.hint && <small>{primary.hint}</small>}
            </span>
          </Button>
        )}
      </span>
      {opened && <Dialogs round={round} shown={shown} opened={opened} onClose={onClose} />}
    </footer>
  )
}

/** The dialog that was opened at a bed: with the bed it closes, for good. */
function useOpened(at: string | null) {
  const [open, setOpen] = useState<{ dialog: Opened; at: string | null } | null>(null)
  if (open && open.at !== at) setOpen(null)
  return {
    opened: open?.at === at ? open.dialog : null,
    onOpen: (dialog: Opened) => setOpen({ dialog, at }),
    // Not another that was opened since: what was done in this one may still be on its way.
    onClose: () => setOpen((now) => (now === open ? null : now)),
  }
}

type ThereProps = { round: Round; inside: Inside; chat: Props['chat'] }

/** Of who is in the room: their sound and picture, and the chat. */
function There({ round, inside, chat }: ThereProps) {
  return (
    <>
      {inside.state.publishing && <Own inside={inside} />}
      <ChatTool
        key={round.current_id}
        round={round}
        inside={inside}
        open={chat.open}
        onClick={chat.onChange}
      />
    </>
  )
}

const isOn = (source: { muted: boolean } | undefined): boolean =>
  source !== undefined && !source.muted

/** Nothing opens with the page: one decides oneself whether one is heard and seen. */
function Own({ inside }: { inside: Inside }) {
  const { t } = useTranslation()
  const { media } = inside.visit
  const { mic, camera } = inside.state.local.sources
  const [heard, seen] = [isOn(mic), isOn(camera)]
  return (
    <>
      <Tool
        icon={heard ? <AudioOutlined /> : <AudioMutedOutlined />}
        label={t(heard ? 'room.bar.mute' : mic ? 'room.bar.unmute' : 'room.bar.mic_on')}
        off={!heard}
        onClick={() => void media.mute('mic', heard)}
      />
      <Tool
        icon={seen ? <VideoCameraOutlined /> : <VideoCameraAddOutlined />}
        label={t(seen ? 'room.bar.camera_off' : 'room.bar.camera_on')}
        off={!seen}
        onClick={() => void media.mute('camera', seen)}
      />
    </>
  )
}
