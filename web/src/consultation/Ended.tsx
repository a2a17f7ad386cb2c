/** How it ended without an opinion, and how to ask again if one is still needed. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client, idempotent, type Schemas } from '../api/client'
import { useRole, useSession } from '../api/session'
import { Notice } from '../kit/Notice'
import { usePeopleWords } from '../kit/people'
import { useAct } from '../kit/useAct'
import { paths } from '../paths'
import type { Consultation } from './view'

const ENDED = ['declined', 'cancelled', 'no_show', 'expired'] as const
const hasEnded = (state: string): state is (typeof ENDED)[number] =>
  ENDED.some((one) => one === state)

export function Ended({ consultation: { id, state, urgency, branch_id, hub_id } }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  const navigate = useNavigate()
  const asks = useRole('requesting_doctor') && actor.hospital_id === branch_id
  const again = useAct({
    run: (_: undefined, key: string) =>
      body(
        client.POST('/api/requests', {
          body: { copy_from: id, urgency } as Schemas['NewRequest'],
          headers: idempotent(key),
        }),
      ),
    changes: { request: '*' },
    onDone: (made) => void navigate(paths.request(made.id)),
  })
  if (!hasEnded(state)) return null
  return (
    <Notice
      action={
        asks && (
          <Button loading={again.isPending} onClick={() => again.mutate(undefined)}>
            {t('consultation.again')}
          </Button>
        )
      }
    >
      {t(`consultation.ended.${state}`, { hub: hospital(hub_id) })}
    </Notice>
  )
}

type Props = { consultation: Consultation }
