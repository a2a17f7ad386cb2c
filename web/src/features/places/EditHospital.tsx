/** A hospital's names and telephone; a new one is entered by the hub. */
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { FormDrawer, type Values } from './FormDrawer'
import type { Hospital } from './queries'

const given = (values: Values) => ({
  name: String(values.name),
  ...(values.name_en ? { name_en: String(values.name_en) } : {}),
  licence_name: String(values.licence_name),
  coordinator_phone: String(values.coordinator_phone),
})

export function EditHospital({ row, onClose }: { row: Hospital | null; onClose: () => void }) {
  const { t } = useTranslation()
  const fresh = [
    {
      name: 'id',
      label: t('places.site.id'),
      hint: t('places.site.id_hint'),
      required: true,
    },
    {
      name: 'kind',
      label: t('places.site.kind'),
      kind: 'choice' as const,
      required: true,
      options: (['branch', 'hub'] as const).map((value) => ({
        value,
        label: t(`places.site.kinds.${value}`),
      })),
    },
  ]
  return (
    <FormDrawer
      title={t(row ? 'places.site.edit' : 'places.site.add')}
      onClose={onClose}
      start={{
        id: '',
        kind: 'branch',
        name: row?.name ?? '',
        name_en: row?.name_en ?? '',
        licence_name: row?.licence_name ?? '',
        coordinator_phone: row?.coordinator_phone ?? '',
      }}
      fields={[
        ...(row ? [] : fresh),
        { name: 'name', label: t('places.site.name'), required: true },
        { name: 'licence_name', label: t('places.site.licence_name'), required: true },
        { name: 'coordinator_phone', label: t('places.site.coordinator_phone'), kind: 'tel' },
        { name: 'name_en', label: t('places.site.name_en') },
      ]}
      save={(values) =>
        row
          ? body(
              client.PUT('/api/admin/hospitals/{id}', {
                params: { path: { id: row.id }, header: ifMatch(row.version) },
                body: given(values) as Schemas['HospitalIn'],
              }),
            )
          : body(
              client.POST('/api/admin/hospitals', {
                body: {
                  ...given(values),
                  id: String(values.id),
                  kind: values.kind as Schemas['HospitalKind'],
                } as Schemas['NewHospital'],
              }),
            )
      }
    />
  )
}
