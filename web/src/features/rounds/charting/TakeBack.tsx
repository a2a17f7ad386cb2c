/** 撤回 what was typed wrongly, 停 an order that was typed: what a hospital system says ends there. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../../api/client'
import { useAct } from '../../../kit/useAct'

type Props = {
  patient: string
  /** What is said of the chart. */
  charted: Partial<Schemas['ChartedIn']>
  what: 'end' | 'withdraw'
  /** Of which order or measure. */
  of: string
}

export function TakeBack({ patient, charted, what, of }: Props) {
  const { t } = useTranslation()
  const act = useAct({
    run: () =>
      body(
        client.POST('/api/patients/{id}/chart', {
          params: { path: { id: patient } },
          body: charted as Schemas['ChartedIn'],
        }),
      ),
    changes: { chart: patient },
    done: t(`rounds_charting.done_${what}`),
  })
  return (
    <Button
      type="link"
      size="small"
      loading={act.isPending}
      aria-label={t(`rounds_charting.${what}_of`, { of })}
      onClick={() => act.mutate()}
    >
      {t(`rounds_charting.${what}`)}
    </Button>
  )
}

/** What somebody typed, and not a hospital system. */
export const isTyped = ({ source }: { source: string }): boolean => source === 'typed'
