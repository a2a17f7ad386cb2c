/** Takes the list along, as it is filtered, as a file for a spreadsheet. */
import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/client'
import { serverNow } from '../../api/clock'
import type { ListFilter } from '../../consultation/queries'
import { language } from '../../i18n'
import { save } from '../../kit/save'
import { useAct } from '../../kit/useAct'
import { siteDay } from '../../zone'

export function ExportButton({ asked }: { asked: ListFilter }) {
  const { t } = useTranslation()
  const take = useAct({
    run: async () => {
      const answer = await send('/api/consultations/export', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...asked, language: language() }),
      })
      save(await answer.blob(), `${t('consultation.list')} ${siteDay(serverNow())}.csv`)
      return Number(answer.headers.get('Cut-At') ?? 0)
    },
    done: (cutAt) =>
      cutAt ? t('consultation.exported_cut', { count: cutAt }) : t('consultation.exported'),
  })
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      loading={take.isPending}
      onClick={() => take.mutate()}
    >
      {t('consultation.export')}
    </Button>
  )
}
