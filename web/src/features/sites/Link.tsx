/** 24 小时网络: how long a device waited for the server, and when it was not heard of. */
import { useTranslation } from 'react-i18next'
import css from './sites.module.css'

/** Above it people notice that they speak at the same time. */
export const SLOW_MS = 150
const [WIDTH, HEIGHT] = [96, 24]

export type Drawn = {
  /** Pieces without a gap: points of an SVG path. */
  lines: string[]
  /** Where nothing was heard, after it was first heard of: from and how wide. */
  silent: [number, number][]
  slow: [number, number][]
  /** How high the line of `SLOW_MS` is. */
  limit: number
}

/** `link`: by quarters of an hour, in milliseconds; null: nothing was heard. */
export function drawn(link: readonly (number | null)[]): Drawn {
  const top = Math.max(SLOW_MS * 1.3, ...link.map((each) => each ?? 0))
  const y = (ms: number) => Math.round((HEIGHT - 1 - (ms / top) * (HEIGHT - 2)) * 10) / 10
  const first = link.findIndex((each) => each !== null)
  const known = first < 0 ? [] : link.map((each, n) => (n < first ? undefined : each))
  const runs = (wanted: (each: number | null) => boolean): [number, number][] => {
    const found: [number, number][] = []
    known.forEach((each, n) => {
      if (each === undefined || !wanted(each)) return
      const last = found.at(-1)
      if (last && last[0] + last[1] === n) last[1] += 1
      else found.push([n, 1])
    })
    return found
  }
  const points = ([from, width]: [number, number]) =>
    Array.from({ length: width }, (_, n) => `${from + n + 0.5} ${y(known[from + n] ?? 0)}`)
  return {
    lines: runs((each) => each !== null).map((run) => `M${points(run).join('L')}h0`),
    silent: runs((each) => each === null),
    slow: runs((each) => each !== null && each > SLOW_MS),
    limit: y(SLOW_MS),
  }
}

export function Link({ link }: { link: readonly (number | null)[] }) {
  const { t } = useTranslation()
  if (link.length === 0) return null
  const heard = link.filter((each) => each !== null)
  const { lines, silent, slow, limit } = drawn(link)
  const said = t('sites.curve', {
    ...{ most: String(Math.max(...heard)), slow: String(slow.reduce((sum, [, n]) => sum + n, 0)) },
    silent: String(silent.reduce((sum, [, n]) => sum + n, 0)),
  })
  return (
    <svg
      className={css.curve}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={said}
    >
      <title>{said}</title>
      {slow.map(([x, width]) => (
        <rect key={x} className={css.slow} x={x} width={width} y="0" height={HEIGHT} />
      ))}
      {silent.map(([x, width]) => (
        <rect key={x} className={css.gone} x={x} width={width} y="0" height={HEIGHT} />
      ))}
      <path className={css.limit} d={`M0 ${limit}H${WIDTH}`} />
      {lines.map((each) => (
        <path key={each} className={css.wait} d={each} />
      ))}
    </svg>
  )
}

export function Legend() {
  const { t } = useTranslation()
  return (
    <span className={`secondary small ${css.legend}`} aria-hidden="true">
      <i className={css.wait} /> {t('sites.legend.wait')}
      <i className={css.limit} /> {t('sites.legend.limit', { ms: String(SLOW_MS) })}
      <i className={css.slow} /> {t('sites.legend.slow')}
      <i className={css.gone} /> {t('sites.legend.gone')}
    </span>
  )
}
