/** They have left the ward since the round began: nobody goes there any more, and one press skips them for it. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../kit/Notice'
import { useLive } from './context'
import { once } from './keys'
import type { Item } from './queries'

type Props = { item: Item; button?: string | undefined }

export function GoneNotice({ item, button }: Props) {
  const { t } = useTranslation()
  const { act, pending } = useLive()
  if (!item.gone) return null
  const reason = t(`rounds_live.why.${item.gone === 'moved' ? 'transferred' : 'discharged'}`)
  const skip = () => void act({ kind: 'skip', item_id: item.id, reason })
  return (
    <Notice
      tone="urgent"
      action={
        item.actions.includes('skip') && (
          <Button className={button ?? ''} loading={pending('skip')} onClick={once(skip)}>
            {t('rounds_live.gone.skip', { bed: item.bed })}
          </Button>
        )
      }
    >
      {t(`rounds_live.gone.${item.gone}`, { bed: item.bed })}
    </Notice>
  )
}
