/** The page: whose bed it is above, the run-sheet, this bed, the picture with what is instructed, and the acts below.
 *
 *  What is of one patient hangs under the bed's id, so that with the next bed all of it is made anew: nothing of
 *  another patient stays for a frame. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEntered } from '../../room/visit/useEntered'
import { Alarm } from './Alarm'
import { Bar } from './Bar'
import { BedSheet } from './BedSheet'
import { Chat } from './Chat'
import { useLive, useLiveOf, WithLive } from './context'
import { Head } from './Head'
import css from './live.module.css'
import { Nobody } from './Nobody'
import { isOpen } from './opens'
import type { Round } from './queries'
import { RoomSide } from './RoomSide'
import { RunSheet } from './RunSheet'
import { Unsent } from './Unsent'
import { type Inside, useInside } from './useInside'
import { useImagesAhead, useNextBed } from './useNextBed'
import { Written } from './Written'

/** Which bed is on the screen: that of the round, or another of the list that somebody looks at until the round moves. */
function useShown(round: Round) {
  const [looked, look] = useState<{ from: string | null; item: string } | null>(null)
  const { current_id } = round
  // For good: the round may come back to that bed, and nobody looks at another one from it then.
  if (looked && looked.from !== current_id) look(null)
  const id = looked && looked.from === current_id ? looked.item : current_id
  const shown = round.items.find((each) => each.id === id && each.state !== 'removed') ?? null
  return {
    shown,
    look: (item: string | null) => look(item ? { from: current_id, item } : null),
  }
}

export function Live({ round }: { round: Round }) {
  const live = useLiveOf(round)
  const inside = useInside(useEntered(isOpen(round) ? round.id : null))
  return (
    <WithLive value={live}>
      <Page round={round} inside={inside} />
    </WithLive>
  )
}

type PageProps = { round: Round; inside: Inside | null }

function Page({ round, inside }: PageProps) {
  const { t } = useTranslation()
  const { shown, look } = useShown(round)
  /** Of which bed the images are open. */
  const [imagesOf, setImagesOf] = useState<string | null>(null)
  const [chatting, setChatting] = useState(false)
  const hidden = shown !== null && shown.patient === null
  const images = shown !== null && imagesOf === shown.id
  const onImages = () => shown && setImagesOf(images ? null : shown.id)
  // The chat is of the bed where the round is: not beside another that one looks at.
  const elsewhere = shown !== null && shown.id !== round.current_id
  const chat = chatting && !elsewhere && inside?.state.phase === 'in'
  const onChat = () => {
    setChatting(!chat)
    if (elsewhere) look(null)
  }
  const next = useNextBed(round, shown)
  const leads = useLive().is('lead')
  useImagesAhead(leads ? shown : null, leads ? next : null, images)
  return (
    <main className={css.page} aria-label={t('rounds_live.title')}>
      <Head round={round} shown={shown} state={inside?.state ?? null} />
      <div>
        <Unsent round={round} />
        <Alarm round={round} />
      </div>
      <div className={css.columns} data-hidden={hidden}>
        <RunSheet round={round} shown={shown} onLook={look} />
        {shown ? (
          <BedSheet
            key={shown.id}
            item={shown}
            inside={inside}
            images={images}
            onImages={onImages}
            onShown={() => setImagesOf(shown.id)}
            onBack={shown.id === round.current_id ? null : () => look(null)}
          />
        ) : (
          <Nobody round={round} />
        )}
        {!hidden && (
          <div className={css.side} data-chat={chat && shown !== null}>
            <RoomSide round={round} inside={inside} />
            {chat && <Chat round={round} inside={inside} onClose={onChat} />}
            {shown && <Written key={shown.id} item={shown} />}
          </div>
        )}
      </div>
      <Bar
        round={round}
        shown={shown}
        inside={inside}
        onImages={onImages}
        chat={{ open: chat, onChange: onChat }}
      />
    </main>
  )
}
