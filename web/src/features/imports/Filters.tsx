/** Which rows are shown, with how many there are of each; and what the colours of cells mean. */
import { useTranslation } from 'react-i18next'
import css from './imports.module.css'
import type { Checked, State } from './queries'
import marks from './rows.module.css'

export type Shown = 'all' | State

const CHIPS = ['all', 'wrong', 'new', 'changed', 'same'] as const

type Props = { counts: Checked['counts']; shown: Shown; onShow: (shown: Shown) => void }

export function Filters({ counts, shown, onShow }: Props) {
  const { t } = useTranslation()
  const all = counts.new + counts.changed + counts.same + counts.wrong
  return (
    <div className={css.filters}>
      <fieldset aria-label={t('imports.filter')}>
        {CHIPS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={shown === each}
            className={each === 'wrong' && counts.wrong > 0 ? css.alarm : ''}
            onClick={() => onShow(each)}
          >
            {t(`imports.chip.${each}`)} {each === 'all' ? all : counts[each]}
          </button>
        ))}
      </fieldset>
      <span className={css.legend}>
        <span className={`${css.sample} ${marks.wrong}`} />
        {t('imports.legend.wrong')}
        <span className={`${css.sample} ${marks.moved}`} />
        {t('imports.legend.changed')}
      </span>
    </div>
  )
}
