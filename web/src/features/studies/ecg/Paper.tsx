/** An electrocardiogram on its paper, with calipers. A unit of the drawing is a millimetre of the paper. */
import { type PointerEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MARGIN, pathOf, type Setting, sheetOf } from '../../../viewer/ecg/paper'
import { missingLeads, type Recording } from '../../../viewer/ecg/recording'
import { Calipers, type Ends, endAt, type Point, Readout, usualEnds } from './Calipers'
import css from './ecg.module.css'

type Props = { recording: Recording; setting: Setting }

export function Paper({ recording, setting }: Props) {
  const { t } = useTranslation()
  const sheet = useMemo(() => sheetOf(recording, setting), [recording, setting])
  const svg = useRef<SVGSVGElement>(null)
  const [ends, setEnds] = useState<Ends | null>(null)
  const dragging = useRef<'a' | 'b' | null>(null)
  const at = (event: PointerEvent): Point | null => {
    const into = svg.current?.getScreenCTM()?.inverse()
    if (!into) return null
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(into)
    return [x, y]
  }
  const press = (event: PointerEvent<SVGSVGElement>) => {
    const place = at(event)
    if (event.button !== 0 || !place) return
    event.currentTarget.setPointerCapture(event.pointerId)
    dragging.current = endAt(ends, place) ?? 'b'
    if (!endAt(ends, place)) setEnds({ a: place, b: place })
  }
  const drag = (event: PointerEvent) => {
    const end = dragging.current
    const place = end && at(event)
    if (place) setEnds((now) => now && { ...now, [end]: place })
  }
  const here = recording.curves.map(({ lead }) => lead).join(' ')
  const missing = new Set(missingLeads(recording))
  return (
    <>
      <Readout {...{ ends, setting }} onPut={() => setEnds(usualEnds(sheet, setting))} />
      <div className={css.desk}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing that holds the calipers; a fieldset cannot draw */}
        <svg
          ref={svg}
          className={css.paper}
          viewBox={`0 0 ${sheet.width} ${sheet.height}`}
          style={{ width: `calc(${sheet.width} * var(--mm))` }}
          role="group"
          aria-label={t('ecg.paper', { leads: here, seconds: recording.seconds.toFixed(1) })}
          data-testid="ecg"
          onPointerDown={press}
          onPointerMove={drag}
          onPointerUp={() => {
            dragging.current = null
          }}
        >
          <Grid width={sheet.width} height={sheet.height} />
          {sheet.rows.map((y) => (
            <Millivolt key={y} y={y} gain={setting.gain} word={t('ecg.calibration')} />
          ))}
          {sheet.strips.map((strip) => (
            <g key={`${strip.lead}/${strip.y}`} data-lead={strip.lead}>
              <path className={css.curve} d={pathOf(strip, recording.rate, setting)} />
              <text className={css.lead} x={strip.x + 1} y={strip.y - 9}>
                {strip.lead}
                {missing.has(strip.lead) && ` ${t('ecg.absent')}`}
              </text>
            </g>
          ))}
          {ends && <Calipers {...{ ends, sheet, setting }} onMove={setEnds} />}
        </svg>
      </div>
    </>
  )
}

function Grid({ width, height }: { width: number; height: number }) {
  return (
    <>
      <defs>
        <pattern id="ecg-small" width="1" height="1" patternUnits="userSpaceOnUse">
          <path className={css.small} d="M1 0H0V1" />
        </pattern>
        <pattern id="ecg-large" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect width="5" height="5" fill="url(#ecg-small)" />
          <path className={css.large} d="M5 0H0V5" />
        </pattern>
      </defs>
      <rect className={css.sheet} width={width} height={height} />
      <rect width={width} height={height} fill="url(#ecg-large)" />
    </>
  )
}

/** The mark of one millivolt, by which the eye knows the gain. */
function Millivolt({ y, gain, word }: { y: number; gain: number; word: string }) {
  const left = MARGIN - 8
  return (
    <path
      className={css.curve}
      d={`M${left} ${y}H${left + 1}V${y - gain}H${left + 6}V${y}H${left + 7}`}
    >
      <title>{word}</title>
    </path>
  )
}
