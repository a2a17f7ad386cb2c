/** What is done with several rows: approved or taken back together. Says aloud that approvals wait. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { MANY } from './useTogether'
import css from './WorkList.module.css'

type Props = {
  chosen: number
  undoable: number
  onGive: () => void
  onTakeBack: () => void
  onUntick: () => void
}

export function Together({ chosen, undoable, onGive, onTakeBack, onUntick }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <p className="unseen" role="status">
        {undoable > 0 && t('home.held', { count: undoable })}
      </p>
      {(chosen > 0 || undoable >= MANY) && (
        <div className={css.together}>
          {undoable >= MANY && (
            <Button onClick={onTakeBack}>{t('home.take_all_back', { count: undoable })}</Button>
          )}
          {chosen > 0 && (
            <>
              <Button onClick={onUntick}>{t('home.untick')}</Button>
              <Button type="primary" onClick={onGive}>
                {t('home.approve_ticked', { count: chosen })}
              </Button>
            </>
          )}
        </div>
      )}
    </>
  )
}
