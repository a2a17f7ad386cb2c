/** 会诊室: what can be booked, at the hub and at each branch. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { Loaded } from '../../kit/Loaded'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { FormDrawer, type Values } from './FormDrawer'
import { PlaceList } from './PlaceList'
import { type Venue, venuesQuery } from './queries'
import { Whose } from './Whose'

export function Component() {
  const { t } = useTranslation()
  return (
    <Whose title={t('places.venues')} note={t('places.venues_note')}>
      {(hospital, mine) => <Venues key={hospital} hospital={hospital} mine={mine} />}
    </Whose>
  )
}

function Venues({ hospital, mine }: { hospital: string; mine: boolean }) {
  const { t, i18n } = useTranslation()
  const { named } = usePeopleWords()
  const [edited, setEdited] = useState<Venue | null | 'none'>('none')
  return (
    <Loaded
      query={venuesQuery(hospital)}
      what={t('places.venues')}
      skeleton={<PanelSkeleton rows={6} />}
    >
      {({ items }) => (
        <>
          <PlaceList
            title={t('places.venue.title')}
            add={t('places.venue.add')}
            imports="venues"
            empty={{ title: t('places.venue.empty'), hint: t('places.venue.empty_hint') }}
            items={items}
            mine={mine}
            onEdit={setEdited}
            of={(row) => ({
              key: row.id,
              name: <b>{named(row)}</b>,
              two: (i18n.language === 'en' && row.place_en) || row.place || '–',
              three: t('places.venue.seats', { n: String(row.places) }),
            })}
          />
          {edited !== 'none' && (
            <EditVenue row={edited} hospital={hospital} onClose={() => setEdited('none')} />
          )}
        </>
      )}
    </Loaded>
  )
}

const given = (values: Values) => ({
  name: String(values.name),
  ...(values.name_en ? { name_en: String(values.name_en) } : {}),
  place: String(values.place),
  place_en: String(values.place_en),
  places: Math.max(1, Number(values.places) || 1),
})

type EditProps = { row: Venue | null; hospital: string; onClose: () => void }

function EditVenue({ row, hospital, onClose }: EditProps) {
  const { t } = useTranslation()
  const field = (name: 'name_en' | 'place' | 'place_en') => ({
    name,
    label: t(`places.venue.${name}`),
  })
  return (
    <FormDrawer
      title={t(row ? 'places.venue.edit' : 'places.venue.add')}
      onClose={onClose}
      start={{
        name: row?.name ?? '',
        name_en: row?.name_en ?? '',
        place: row?.place ?? '',
        place_en: row?.place_en ?? '',
        places: String(row?.places ?? 6),
      }}
      fields={[
        { name: 'name', label: t('places.venue.name'), required: true },
        field('place'),
        { name: 'places', label: t('places.venue.places'), kind: 'number', required: true },
        field('name_en'),
        field('place_en'),
      ]}
      save={(values) =>
        row
          ? body(
              client.PUT('/api/admin/venues/{id}', {
                params: { path: { id: row.id }, header: ifMatch(row.version) },
                body: given(values) as Schemas['VenueIn'],
              }),
            )
          : body(
              client.POST('/api/admin/venues', {
                body: { ...given(values), hospital_id: hospital } as Schemas['NewVenue'],
              }),
            )
      }
    />
  )
}
