/** A shared screen, shown over the study; one click shows the study again. */
import { DesktopOutlined, FileImageOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallState } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { usePeers } from '../visit/usePeers'
import { Video } from '../visit/Video'
import css from './room.module.css'

/** Who shares their screen, if anybody. */
export const sharerOf = (state: CallState) =>
  state.people.find(
    ({ id, tracks }) => state.remote[id] && tracks.some(({ source }) => source === 'screen'),
  )

export function Screen({ state, consultation }: { state: CallState; consultation: Consultation }) {
  const { t } = useTranslation()
  const named = usePeers(consultation)
  const [aside, setAside] = useState(false)
  const sharer = sharerOf(state)
  const id = sharer?.id ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: each newly shared screen is shown
  useEffect(() => setAside(false), [id])
  const remote = sharer && state.remote[sharer.id]
  if (!sharer || !remote) return null
  const { name } = named(sharer)
  if (aside)
    return (
      <Button
        className={css.screen_back ?? ''}
        icon={<DesktopOutlined aria-hidden />}
        onClick={() => setAside(false)}
      >
        {t('room.screen.show', { name })}
      </Button>
    )
  return (
    <section className={css.screen} aria-label={t('room.screen.of', { name })}>
      <header>
        <DesktopOutlined aria-hidden /> <b>{t('room.screen.of', { name })}</b>
        <Button
          className="push"
          size="small"
          icon={<FileImageOutlined aria-hidden />}
          onClick={() => setAside(true)}
        >
          {t('room.screen.aside')}
        </Button>
      </header>
      <div>
        <Video stream={remote.screen} label={t('room.screen.of', { name })} silent whole />
      </div>
    </section>
  )
}
