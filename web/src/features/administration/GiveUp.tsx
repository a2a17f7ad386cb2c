/** Gives up rules of one's own, so that the more general ones hold; or withdraws what is planned. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import { Dialog } from '../../kit/Dialog'
import { useAct } from '../../kit/useAct'
import type { Chosen } from './ladder'
import { useLadderWords } from './ladderWords'

export function useGiveUp(
  { owner, urgency, ladder }: Chosen,
  version: number,
  planned_only: boolean,
) {
  const { t } = useTranslation()
  return useAct({
    run: () =>
      body(
        client.POST('/api/admin/ladders/{ladder}/give-up', {
          params: { path: { ladder }, header: ifMatch(version) },
          body: {
            hospital_id: owner.hospital_id,
            agreement_id: owner.agreement_id,
            urgency,
            planned_only,
          },
        }),
      ),
    changes: { ladder: '*' },
    done: planned_only ? t('ladders.withdrawn') : t('ladders.given_up'),
  })
}

export function GiveUp({ chosen, version }: { chosen: Chosen; version: number }) {
  const { t } = useTranslation()
  const words = useLadderWords()
  const [asking, setAsking] = useState(false)
  const act = useGiveUp(chosen, version, false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('ladders.give_up')}</Button>
      {asking && (
        <Dialog
          title={t('ladders.give_up_title')}
          confirm={t('ladders.give_up')}
          busy={act.isPending}
          onConfirm={() => act.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>{t('ladders.give_up_text', { name: words.name(chosen.ladder) })}</p>
        </Dialog>
      )}
    </>
  )
}
