/** Three planes through a volume with their tools; the keys work wherever the focus is on them. */
import { type KeyboardEvent, useEffect, useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { painterFor, type Take } from '../../viewer/mpr/choose'
import { actionOf } from '../../viewer/mpr/keys'
import type { Hosts, Painter } from '../../viewer/mpr/painter'
import { DIRECTIONS, planesOf } from '../../viewer/mpr/planes'
import { changed, initial, type State, sliceOf } from '../../viewer/mpr/state'
import type { Volume } from '../../viewer/mpr/volume'
import type { StudyRef } from '../../viewer/types'
import { Bar } from './Bar'
import { MprKeys } from './MprKeys'
import css from './mpr.module.css'
import { PlaneView } from './PlaneView'

type Props = { volume: Volume; study: StudyRef; onBack: () => void }

export function Planes({ volume, study, onBack }: Props) {
  const { t } = useTranslation()
  const [state, act] = useReducer(changed, volume, initial)
  const [help, setHelp] = useState(false)
  const hosts = useRef<Partial<Hosts>>({})
  const { painter, lost } = usePainter(volume, hosts.current)

  const onKeyDown = (event: KeyboardEvent) => {
    // The slider and the menus have keys of their own.
    if (help || (event.target as Element).closest('input, [role=menu], .ant-dropdown')) return
    const action = actionOf(event)
    if (!action) return
    event.preventDefault()
    if (action.do === 'help') setHelp(true)
    else if (action.do === 'back') onBack()
    else act(action)
  }

  return (
    <section className={css.mpr} aria-label={t('mpr.title')} onKeyDown={onKeyDown}>
      <Bar {...{ state, act, onBack }} onHelp={() => setHelp(true)} />
      <div className={css.planes} data-painter={painter?.kind}>
        {DIRECTIONS.map((direction) => (
          <PlaneView
            key={direction}
            {...{ direction, state, act, painter, study }}
            onHost={(host) => {
              if (host) hosts.current[direction] = host
            }}
          />
        ))}
      </div>
      <p className={css.note}>
        <b>{t('mpr.reconstructed')}</b>
        <span>{t('mpr.note')}</span>
        {volume.lossy && <b>{t('viewer.lossy')}</b>}
        <span className="push" />
        <span role="status">{painter && t(`mpr.painter.${lost ? 'lost' : painter.kind}`)}</span>
      </p>
      <Summary state={state} />
      <MprKeys open={help} onClose={() => setHelp(false)} />
    </section>
  )
}

type Painting = { painter: Painter | null; lost: boolean }

/** Painted by the processor from the moment on in which the graphics processor forgets the volume. */
function usePainter(volume: Volume, hosts: Partial<Hosts>): Painting {
  const [painting, setPainting] = useState<Painting>({ painter: null, lost: false })
  useEffect(() => {
    let ended = false
    let now: Painter | null = null
    const take: Take = (found, lost) => {
      now?.dispose()
      now = found
      if (ended) found.dispose()
      else setPainting({ painter: found, lost })
    }
    void painterFor(volume, hosts as Hosts, take)
    return () => {
      ended = true
      now?.dispose()
    }
  }, [volume, hosts])
  return painting
}

/** What the active plane shows, for who does not see it. */
function Summary({ state }: { state: State }) {
  const { t } = useTranslation()
  const { plane, volume, voi, slab, projection } = state
  const total = volume.size[planesOf(volume)[plane].normal]
  return (
    <p className="unseen" role="status">
      {t('mpr.summary', {
        plane: t(`viewer.direction.${plane}`),
        n: String(sliceOf(state, plane)),
        total: String(total),
        width: String(Math.round(voi.width)),
        center: String(Math.round(voi.center)),
        slab: slab === 0 ? t('mpr.single') : `${t(`mpr.projection.${projection}`)} ${slab} mm`,
      })}
    </p>
  )
}
