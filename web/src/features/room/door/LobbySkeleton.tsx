/** The shape of the waiting page: the patient, one's own picture, the checks, who is here and the door. */
import { Bar, PanelSkeleton } from '../../../kit/Skeletons'
import css from './lobby.module.css'

export function LobbySkeleton() {
  return (
    <div data-skeleton="lobby">
      <div className={css.top} />
      <div className={css.name}>
        <Bar width="60%" />
      </div>
      <div className={css.page}>
        <div className={css.column}>
          <div className={css.own} />
          <PanelSkeleton rows={2} rowHeight={36} />
        </div>
        <PanelSkeleton rows={9} rowHeight={40} />
        <div className={css.column}>
          <PanelSkeleton rows={3} rowHeight={44} />
          <PanelSkeleton rows={3} rowHeight={44} cells={['100%']} />
        </div>
      </div>
    </div>
  )
}
