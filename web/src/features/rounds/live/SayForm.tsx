/** A question, or a line for the note: whoever follows asks, the round's doctors also write. */

import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Dictate } from '../dictation/Dictate'
import { useLive } from './context'
import { Kept } from './Kept'
import { once } from './keys'
import { bedQuery, type Item } from './queries'
import { useText } from './text'
import css from './written.module.css'

export function SayForm({ item }: { item: Item }) {
  const { t } = useTranslation()
  const { round, act, is, pending } = useLive()
  const field = useText(`round-say/${round.id}/${item.id}`)
  const { data: bed } = useQuery(bedQuery(item.id))
  const text = field.text.trim()
  const writes = is('coordinator', 'lead', 'doctor', 'nurse', 'senior')
  const label = t(`rounds_live.say.${writes ? 'label' : 'ask_label'}`)
  const say = async (kind: 'say' | 'ask') => {
    const sent = field.text
    if (text && (await act({ kind, item_id: item.id, text }))) field.sent(sent)
  }
  return (
    <div className={css.say}>
      <Kept field={field} label={label} said={(bed?.lines ?? []).map((each) => each.text)} />
      <Input.TextArea
        aria-label={label}
        placeholder={label}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={1000}
        value={field.text}
        onChange={(event) => field.write(event.target.value)}
      />
      <span className={css.ways}>
        <Dictate key={field.of} what={label} onSaid={(said) => field.write(field.text + said)} />
        <Button
          size="small"
          disabled={!text}
          loading={pending('ask')}
          onClick={once(() => void say('ask'))}
        >
          {t('rounds_live.say.ask')}
        </Button>
        {writes && (
          <Button
            size="small"
            type="primary"
            disabled={!text}
            loading={pending('say')}
            onClick={once(() => void say('say'))}
          >
            {t('rounds_live.say.say')}
          </Button>
        )}
      </span>
    </div>
  )
}
