/** An agreement: services, dates, whether registration is required, and fees by title. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { usePeopleWords } from '../../kit/people'
import { Fees } from './Fees'
import { FormDrawer, type Values } from './FormDrawer'
import { type Agreement, hospitalsQuery } from './queries'

const SERVICES = ['consultation', 'reading', 'round', 'teaching'] as const

const given = (values: Values, fees: Schemas['Fee'][]) => ({
  number: String(values.number),
  services: values.services as Schemas['AgreementIn']['services'],
  valid_from: String(values.valid_from),
  valid_until: String(values.valid_until),
  registration_required: values.registration_required === true,
  fees,
})

const startOf = (row: Agreement | null): Values => ({
  branch_id: row?.branch_id ?? '',
  number: row?.number ?? '',
  services: row?.services ?? ['consultation'],
  valid_from: row?.valid_from ?? '',
  valid_until: row?.valid_until ?? '',
  registration_required: row?.registration_required ?? false,
})

export function EditAgreement({ row, onClose }: { row: Agreement | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const fields = useAgreementFields(row)
  const [kept] = useState<Schemas['Fee'][]>(row?.fees ?? [])
  const [fees, setFees] = useState(kept)
  return (
    <FormDrawer
      title={t(row ? 'places.agreement.edit' : 'places.agreement.add')}
      onClose={onClose}
      start={startOf(row)}
      unsaved={JSON.stringify(fees) !== JSON.stringify(kept)}
      fields={fields}
      save={(values) =>
        row
          ? body(
              client.PUT('/api/admin/agreements/{id}', {
                params: { path: { id: row.id }, header: ifMatch(row.version) },
                body: given(values, fees),
              }),
            )
          : body(
              client.POST('/api/admin/agreements', {
                body: {
                  ...given(values, fees),
                  branch_id: String(values.branch_id),
                  hub_id: actor.hospital_id,
                },
              }),
            )
      }
    >
      <Fees fees={fees} onChange={setFees} />
      <p className="secondary small">{t('places.agreement.steps')}</p>
    </FormDrawer>
  )
}

function useAgreementFields(row: Agreement | null) {
  const { t } = useTranslation()
  const words = usePeopleWords()
  const { data } = useQuery(hospitalsQuery())
  const branches = (data?.items ?? []).filter(({ kind }) => kind === 'branch')
  const date = (name: 'valid_from' | 'valid_until') => ({
    name,
    label: t(`places.agreement.${name}`),
    kind: 'date' as const,
    required: true,
  })
  const branch = {
    name: 'branch_id',
    label: t('places.agreement.branch_id'),
    kind: 'choice' as const,
    required: true,
    options: branches.map(({ id }) => ({ value: id, label: words.hospital(id) })),
  }
  return [
    ...(row ? [] : [branch]),
    { name: 'number', label: t('places.agreement.number'), required: true },
    {
      name: 'services',
      label: t('places.agreement.services'),
      kind: 'choices' as const,
      required: true,
      options: SERVICES.map((value) => ({
        value,
        label: t(`places.agreement.service.${value}`),
      })),
    },
    date('valid_from'),
    date('valid_until'),
    {
      name: 'registration_required',
      label: t('places.agreement.registration_required'),
      kind: 'tick' as const,
      hint: t('places.agreement.registration_hint'),
    },
  ]
}
