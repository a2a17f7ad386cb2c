/** Takes a substitute, or a proposed time: one press each. */
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { useAct } from '../../kit/useAct'
import type { Consultation } from '../view'

type Declined = Schemas['DeclinedOut']
type Proposed = Schemas['ProposedOut']

/** The time of the one is freed and the other's taken, and they are invited. */
export function useSubstitute({ id, version }: Consultation) {
  const { t } = useTranslation()
  return useAct<{ before: Declined; by: string }>({
    of: ({ by }) => by,
    run: ({ before, by }) => {
      const header = ifMatch(version)
      if (before.role === 'lead')
        return body(
          client.POST('/api/consultations/{id}/lead/substitute', {
            params: { path: { id }, header },
            body: { staff_id: by, code: 'declined', reason: before.words, agreed: false },
          }),
        )
      return body(
        client.POST('/api/consultations/{id}/experts/{staff_id}/substitute', {
          params: { path: { id, staff_id: before.staff_id }, header },
          body: { staff_id: by },
        }),
      )
    },
    changes: { consultation: id, booking: '*' },
    done: t('answers.asked'),
  })
}

/** The same booking at another time; everybody but who proposed it is asked again. */
export function useMove({ id, version }: Consultation) {
  const { t } = useTranslation()
  return useAct<Proposed & { venue_id: string }>({
    run: ({ starts_at, ends_at, venue_id, branch_venue_id, venue_ids }) =>
      body(
        client.POST('/api/consultations/{id}/booking', {
          params: { path: { id }, header: ifMatch(version) },
          body: {
            starts_at,
            ends_at,
            venue_id,
            branch_venue_id,
            venue_ids,
            experts: [],
            without: [],
            lead_id: null,
            override: '',
          },
        }),
      ),
    changes: { consultation: id, booking: '*' },
    done: t('answers.moved'),
  })
}
