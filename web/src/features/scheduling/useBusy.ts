/** Enters a busy time. */
import { useTranslation } from 'react-i18next'
import { body, client, idempotent } from '../../api/client'
import type { Span } from '../../consultation/bookings'
import type { NewBusy } from './BusyForm'
import { timesOf, useOver } from './useOver'

export type Asked = NewBusy & { span: Span; resource: string }

export function useBusy() {
  const { t } = useTranslation()
  return useOver<Asked>({
    run: ({ span, resource, ...rest }, key) =>
      body(
        client.POST('/api/calendar/busy', {
          headers: idempotent(key),
          body: { ...rest, ...timesOf(span), resource_id: resource, note: '' },
        }),
      ),
    done: t('scheduling.saved'),
  })
}
