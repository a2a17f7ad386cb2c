/** A coordinator who takes a stat consultation says who leads it. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePerform } from '../../consultation/perform'
import { consultationQuery } from '../../consultation/queries'
import { useLeadForm } from '../../consultation/useLeadForm'
import type { Consultation } from '../../consultation/view'
import { Drawer } from '../../kit/Drawer'
import { Loaded } from '../../kit/Loaded'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './Preview.module.css'

function Form({ consultation, onDone }: { consultation: Consultation; onDone: () => void }) {
  const form = useLeadForm(consultation, 'take')
  const perform = usePerform(consultation, onDone)
  return (
    <div className={css.foot}>
      {form.fields}
      <Button
        type="primary"
        disabled={form.refusal !== null}
        loading={perform.isPending}
        onClick={() => perform.mutate(form.doing)}
      >
        {form.confirm}
      </Button>
    </div>
  )
}

type Props = { id: string; who: string; onDone: () => void; onClose: () => void }

export default function TakeDrawer({ id, who, onDone, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer
      open
      title={t('acts.reason_title', { verb: t('acts.verb.take'), who })}
      onClose={onClose}
    >
      <Loaded
        query={consultationQuery(id)}
        what={t('consultation.title')}
        skeleton={<PanelSkeleton rows={2} />}
      >
        {(consultation) => <Form consultation={consultation} onDone={onDone} />}
      </Loaded>
    </Drawer>
  )
}
