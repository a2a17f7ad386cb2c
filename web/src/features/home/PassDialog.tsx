/** Why one cannot come: one press says it, and lets it ring at the next. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { Dialog } from '../../kit/Dialog'
import { useAct } from '../../kit/useAct'
import css from './home.module.css'

const WHYS = ['operating', 'other_emergency', 'other_field', 'cannot_join'] as const
type Props = { call: Schemas['RingingOut']; onClose: () => void }

export default function PassDialog({ call: { activity_id: id, asks }, onClose }: Props) {
  const { t } = useTranslation()
  const passOn = useAct({
    run: (why: (typeof WHYS)[number]) =>
      body(client.POST('/api/home/ringing/{id}/pass', { params: { path: { id } }, body: { why } })),
    changes: { ringing: '*' },
    onDone: onClose,
  })
  return (
    <Dialog title={t(asks === 'enter' ? 'home.cannot' : 'home.pass')} onClose={onClose}>
      <div className={css.whys}>
        {WHYS.map((why) => (
          <Button
            key={why}
            block
            size="large"
            disabled={passOn.isPending}
            onClick={() => passOn.mutate(why)}
          >
            {t(`home.ringing.why.${why}`)}
          </Button>
        ))}
      </div>
    </Dialog>
  )
}
