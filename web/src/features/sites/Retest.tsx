/** 全部重测: asks every room and cart to test itself now, and says how many have. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../kit/useAct'
import { askForTests, type Board, retestsOf, sitesQuery } from './queries'
import css from './sites.module.css'

export function Retest({ items }: { items: Board['items'] }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const ask = useAct({
    run: askForTests,
    onDone: (board) => queries.setQueryData(sitesQuery().queryKey, board),
  })
  const { all, answered, waits, busy, unreached } = retestsOf(items)
  const n = { done: String(answered), all: String(all) }
  const said = [
    t(waits > 0 ? 'sites.retests.running' : 'sites.retests.over', n),
    busy > 0 && t('sites.retests.busy', { n: String(busy) }),
    unreached > 0 && t('sites.retests.unreached', { n: String(unreached) }),
  ]
  return (
    <span className={css.retest}>
      <span className="secondary small" role="status">
        {all > 0 && said.filter(Boolean).join(t('sites.retests.and'))}
      </span>
      <Button
        loading={ask.isPending}
        disabled={!items.some(({ devices }) => devices.length > 0)}
        onClick={() => ask.mutate()}
      >
        {t('sites.retests.ask')}
      </Button>
    </span>
  )
}
