/** One plane on the screen: the picture, the lines of the other planes, letters and labels, and the mouse. */
import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../viewer/dicom/identity'
import { number, personName, text } from '../../viewer/dicom/json'
import { worldOf } from '../../viewer/mpr/grid'
import type { Painter } from '../../viewer/mpr/painter'
import { DIRECTIONS, edgesOf, fitOf, halfSlab, planesOf } from '../../viewer/mpr/planes'
import { type Act, modalityOf, type State, sliceOf, type Tool } from '../../viewer/mpr/state'
import { dateOf, timeOf } from '../../viewer/screen/labels'
import type { StudyRef, Vec2 } from '../../viewer/types'
import type { SliceDirection } from '../../viewer/view/orientation'
import { dot } from '../../viewer/view/vectors'
import { dragged } from '../../viewer/view/voi'
import css from './mpr.module.css'

type Props = {
  direction: SliceDirection
  state: State
  act: (act: Act) => void
  painter: Painter | null
  study: StudyRef
  onHost: (host: HTMLDivElement | null) => void
}

export function PlaneView({ direction, state, act, painter, study, onHost }: Props) {
  const { t } = useTranslation()
  const stage = useRef<HTMLDivElement>(null)
  const size = useSize(stage)
  const { volume, cursor, slab, projection, voi, looks, lines } = state
  const plane = useMemo(() => planesOf(volume)[direction], [volume, direction])
  const look = looks[direction]
  const fit = useMemo(() => fitOf(volume, plane, look, size), [volume, plane, look, size])
  const half = halfSlab(volume, plane, slab)
  const at = cursor[plane.normal]
  const voiFunction = volume.frames[0]?.voiFunction ?? 'LINEAR'
  const active = state.plane === direction

  useLayoutEffect(() => {
    if (size[0] > 0) painter?.resize()
  }, [painter, size])
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the place only the number along the normal is painted
  useEffect(() => {
    if (size[0] > 0) painter?.paint({ plane, fit, cursor, half, projection, voi, voiFunction })
  }, [painter, plane, fit, at, half, projection, voi, voiFunction, size])
  useEffect(() => {
    if (direction === 'axial') stage.current?.focus({ preventScroll: true })
  }, [direction])
  useWheel(stage, direction, act)
  const mouse = useMouse({ direction, state, act, fit })

  return (
    <div
      ref={stage}
      className={css.plane}
      role="application"
      aria-label={t('mpr.plane', { plane: t(`viewer.direction.${direction}`) })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys mean the plane that has the focus
      tabIndex={0}
      data-plane={direction}
      data-active={active}
      data-slice={sliceOf(state, direction)}
      data-tool={state.tool}
      onFocus={() => act({ do: 'plane', to: direction })}
      onContextMenu={(event) => event.preventDefault()}
      {...mouse}
    >
      <div className={css.host} ref={onHost} />
      {lines && <Lines {...{ direction, state, fit, size }} />}
      <Labels {...{ direction, state, study, half }} />
    </div>
  )
}

function useSize(stage: { current: HTMLDivElement | null }): Vec2 {
  const [size, setSize] = useState<Vec2>([0, 0])
  useLayoutEffect(() => {
    const host = stage.current
    if (!host) return
    const measure = () => setSize([host.clientWidth, host.clientHeight])
    measure()
    const watching = new ResizeObserver(measure)
    watching.observe(host)
    return () => watching.disconnect()
  }, [stage])
  return size
}

/** Not by React, whose wheel listeners may not keep the page from scrolling. */
function useWheel(
  stage: { current: HTMLDivElement | null },
  plane: SliceDirection,
  act: (act: Act) => void,
): void {
  useEffect(() => {
    const host = stage.current
    const turned = (event: WheelEvent) => {
      event.preventDefault()
      const by = Math.sign(event.deltaY)
      if (event.ctrlKey) act({ do: 'zoom', factor: by > 0 ? 0.9 : 1 / 0.9, plane })
      else if (by !== 0) act({ do: 'scroll', by, plane })
    }
    host?.addEventListener('wheel', turned, { passive: false })
    return () => host?.removeEventListener('wheel', turned)
  }, [stage, plane, act])
}

type MouseProps = Pick<Props, 'direction' | 'state' | 'act'> & { fit: ReturnType<typeof fitOf> }
/** Of the middle and the right button, whatever the tool is. */
const BUTTONS: Record<number, Tool> = { 1: 'pan', 2: 'window' }

function useMouse({ direction, state, act, fit }: MouseProps) {
  const drag = useRef<{ tool: Tool; x: number; y: number } | null>(null)
  const meet = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect()
    act({ do: 'cursor', to: fit.toVoxel([clientX - left, clientY - top], state.cursor) })
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const tool = BUTTONS[event.button] ?? state.tool
      drag.current = { tool, x: event.clientX, y: event.clientY }
      event.currentTarget.setPointerCapture(event.pointerId)
      if (tool === 'cross') meet(event)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const { current } = drag
      if (!current) return
      const [dx, dy] = [event.clientX - current.x, event.clientY - current.y]
      drag.current = { ...current, x: event.clientX, y: event.clientY }
      if (current.tool === 'cross') meet(event)
      else if (current.tool === 'window') act({ do: 'window', voi: dragged(state.voi, dx, dy) })
      else if (current.tool === 'zoom') act({ do: 'zoom', factor: 1.01 ** -dy, plane: direction })
      else act({ do: 'pan', mm: [dx / fit.scale, dy / fit.scale], plane: direction })
    },
    onPointerUp: () => {
      drag.current = null
    },
    onPointerCancel: () => {
      drag.current = null
    },
  }
}

type LinesProps = Pick<Props, 'direction' | 'state'> & { fit: MouseProps['fit']; size: Vec2 }

/** Where the other two planes cut this one; each in the colour of its own frame. */
function Lines({ direction, state: { volume, cursor }, fit, size }: LinesProps) {
  const planes = planesOf(volume)
  const [x, y] = fit.toCanvas(cursor)
  const { right } = planes[direction]
  return (
    <svg className={css.lines} aria-hidden="true">
      {DIRECTIONS.filter((one) => one !== direction).map((one) => {
        const upright = planes[one].normal === right.axis
        const [from, to] = upright
          ? [
              [x, 0],
              [x, size[1]],
            ]
          : [
              [0, y],
              [size[0], y],
            ]
        return (
          <line key={one} data-of={one} x1={from?.[0]} y1={from?.[1]} x2={to?.[0]} y2={to?.[1]} />
        )
      })}
    </svg>
  )
}

type LabelsProps = Pick<Props, 'direction' | 'state' | 'study'> & { half: number }

/** From the header of the volume's own slices. */
function Labels({ direction, state, study, half }: LabelsProps) {
  const { t, i18n } = useTranslation()
  const { volume, cursor, voi, slab, projection } = state
  const plane = planesOf(volume)[direction]
  const { ds } = (volume.frames[0] as State['volume']['frames'][number]).instance
  const edges = edgesOf(volume, plane)
  const series = number(ds, '00200011')
  const place = dot(worldOf(volume, cursor), volume.axes[plane.normal])
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  return (
    <>
      <div className={`${css.corner} ${css.who}`}>
        <b>{shownName(personName(ds, '00100010'), language) || '—'}</b>
        <span>{text(ds, '00100020')}</span>
        <span>{study.hospitalName ?? study.hospital}</span>
      </div>
      <div className={`${css.corner} ${css.what}`}>
        <span className={study.prior ? css.warn : undefined}>
          {study.prior && `${t('viewer.prior')} `}
          {dateOf(text(ds, '00080020'))} {timeOf(text(ds, '00080030'))}
        </span>
        <span>
          {series === null ? '' : `Se${series} `}
          {text(ds, '0008103E') || modalityOf(volume)}
        </span>
        <b className={css.name}>{t(`viewer.direction.${direction}`)}</b>
      </div>
      <div className={`${css.corner} ${css.how}`}>
        <span>
          {t('viewer.slice', {
            n: String(sliceOf(state, direction)),
            total: String(volume.size[plane.normal]),
          })}
        </span>
        <span>{t('viewer.position', { mm: place.toFixed(1) })}</span>
        <span>
          WW {Math.round(voi.width)} WL {Math.round(voi.center)}
        </span>
      </div>
      <div className={`${css.corner} ${css.slab}`}>
        <b>{t('mpr.reconstructed')}</b>
        <span>
          {half === 0
            ? t('mpr.one_slice', { mm: volume.spacing[plane.normal].toFixed(2) })
            : t('mpr.slab_of', {
                projection: t(`mpr.projection.${projection}`),
                mm: String(slab),
                n: String(2 * half + 1),
              })}
        </span>
      </div>
      {(['left', 'right', 'top', 'bottom'] as const).map((side) => (
        <span key={side} className={`${css.edge} ${css[side]}`} data-edge={side}>
          {edges[side]}
        </span>
      ))}
    </>
  )
}
