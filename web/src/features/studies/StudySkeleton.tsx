/** The shape of the study panel while it is fetched: tools, the black of the image, the row of series. */
import { Bar } from '../../kit/Skeletons'
import css from './panel.module.css'

const TOOLS = [64, 56, 56, 56, 60, 84, 56]

export function StudySkeleton({ shared = false }: { shared?: boolean }) {
  return (
    <div className={css.panel} data-skeleton="study">
      <div className={`${css.toolbar} ${css.shapes}`}>
        {TOOLS.map((width, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no identity
          <Bar key={i} width={width} />
        ))}
      </div>
      {shared && (
        <div className={css.bar}>
          <Bar width={140} />
        </div>
      )}
      <div className={`${css.viewer} ${css.black}`} />
      <SeriesGhosts />
    </div>
  )
}

export function SeriesGhosts() {
  return (
    <div className={css.strip} aria-busy="true">
      {[1, 2, 3].map((n) => (
        <span key={n} className={css.ghost} />
      ))}
    </div>
  )
}
