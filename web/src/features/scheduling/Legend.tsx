/** What the blocks of a calendar mean. */
import { useTranslation } from 'react-i18next'
import css from './cards.module.css'

export type Look =
  | 'busy'
  | 'consultation'
  | 'held'
  | 'shut'
  | 'tele'
  | 'wished'
  | 'proposal'
  | 'picked'
  | 'clash'

const CLASSES: Record<Look, string | undefined> = {
  busy: css.busy,
  consultation: css.consultation,
  held: css.held,
  shut: css.shut,
  tele: css.tele,
  wished: css.wished,
  proposal: css.proposal,
  picked: css.picked,
  clash: css.clashing,
}

/** `looks`: the kinds of blocks on this page. */
export function Legend({ looks }: { looks: readonly Look[] }) {
  const { t } = useTranslation()
  return (
    <ul className={css.legend}>
      {looks.map((look) => (
        <li key={look}>
          <i className={CLASSES[look]} aria-hidden="true" />
          {t(`scheduling.legend.${look}`)}
        </li>
      ))}
    </ul>
  )
}
