/** 科室与病区: departments with the code of the national catalogue, wards with their beds. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { Loaded } from '../../kit/Loaded'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { bedsOf } from './beds'
import { FormDrawer, type Values } from './FormDrawer'
import { PlaceList } from './PlaceList'
import { type Department, departmentsQuery, type Ward, wardsQuery } from './queries'
import { Whose } from './Whose'

type Props = { hospital: string; mine: boolean }

export function Component() {
  const { t } = useTranslation()
  return (
    <Whose title={t('places.departments')} note={t('places.departments_note')}>
      {(hospital, mine) => (
        <>
          <Departments key={hospital} hospital={hospital} mine={mine} />
          <Wards key={`${hospital}:wards`} hospital={hospital} mine={mine} />
        </>
      )}
    </Whose>
  )
}

function Departments({ hospital, mine }: Props) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const [edited, setEdited] = useState<Department | null | 'none'>('none')
  return (
    <Loaded
      query={departmentsQuery(hospital)}
      what={t('places.department.title')}
      skeleton={<PanelSkeleton rows={6} />}
    >
      {({ items, subjects }) => (
        <>
          <PlaceList
            title={t('places.department.title')}
            add={t('places.department.add')}
            imports="departments"
            empty={{
              title: t('places.department.empty'),
              hint: t('places.department.empty_hint'),
            }}
            items={items}
            mine={mine}
            onEdit={setEdited}
            of={(row) => ({
              key: row.id,
              name: <b>{named(row)}</b>,
              two: subjectName(subjects, row, named) || t('places.department.office'),
              three: t('places.people', { n: String(row.people) }),
            })}
          />
          {edited !== 'none' && (
            <EditDepartment
              row={edited}
              hospital={hospital}
              subjects={subjects}
              onClose={() => setEdited('none')}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

type Named = { name: string; name_en: string }
const subjectName = (
  subjects: readonly Schemas['SubjectOut'][],
  row: Department,
  named: (one: Named) => string,
) => {
  const found = subjects.find((one) =>
    row.code ? one.code === row.code : one.specialty === row.specialty,
  )
  return found ? `${found.code} ${named(found)}`.trim() : row.specialty
}

type EditProps = {
  row: Department | null
  hospital: string
  subjects: readonly Schemas['SubjectOut'][]
  onClose: () => void
}

function EditDepartment({ row, hospital, subjects, onClose }: EditProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const key = (one: { code: string; specialty: string }) => `${one.code}|${one.specialty}`
  const known =
    row && subjects.find((one) => one.code === row.code && one.specialty === row.specialty)
  const given = (values: Values) => {
    const [code = '', specialty = ''] = String(values.subject).split('|')
    const change = { name: String(values.name), code, specialty }
    return values.name_en ? { ...change, name_en: String(values.name_en) } : change
  }
  return (
    <FormDrawer
      title={t(row ? 'places.department.edit' : 'places.department.add')}
      onClose={onClose}
      start={{
        name: row?.name ?? '',
        name_en: row?.name_en ?? '',
        subject: row ? key(known ?? row) : '',
      }}
      fields={[
        { name: 'name', label: t('places.department.name'), required: true },
        {
          name: 'subject',
          label: t('places.department.code'),
          kind: 'choice',
          required: true,
          hint: t('places.department.code_hint'),
          options: subjects.map((one) => ({
            value: key(one),
            label: `${one.code} ${named(one)}`.trim(),
          })),
        },
        { name: 'name_en', label: t('places.department.name_en') },
      ]}
      save={(values) =>
        row
          ? body(
              client.PUT('/api/admin/departments/{id}', {
                params: { path: { id: row.id }, header: ifMatch(row.version) },
                body: given(values) as Schemas['DepartmentIn'],
              }),
            )
          : body(
              client.POST('/api/admin/departments', {
                body: { ...given(values), hospital_id: hospital } as Schemas['NewDepartment'],
              }),
            )
      }
    />
  )
}

function Wards({ hospital, mine }: Props) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const [edited, setEdited] = useState<Ward | null | 'none'>('none')
  const { data } = useQuery(departmentsQuery(hospital))
  const departments = data?.items ?? []
  return (
    <Loaded
      query={wardsQuery(hospital)}
      what={t('places.ward.title')}
      skeleton={<PanelSkeleton rows={4} />}
    >
      {({ items }) => (
        <>
          <PlaceList
            title={t('places.ward.title')}
            add={t('places.ward.add')}
            imports="wards"
            empty={{ title: t('places.ward.empty'), hint: t('places.ward.empty_hint') }}
            items={items}
            mine={mine}
            onEdit={setEdited}
            of={(row) => {
              const of = departments.find(({ id }) => id === row.department_id)
              return {
                key: row.id,
                name: (
                  <>
                    <b>{named(row)}</b>
                    <span className="secondary small">{row.code}</span>
                  </>
                ),
                two: of ? named(of) : '–',
                three: t('places.ward.beds_n', { n: String(row.beds.length) }),
              }
            }}
          />
          {edited !== 'none' && (
            <EditWard
              row={edited}
              hospital={hospital}
              departments={departments}
              onClose={() => setEdited('none')}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

type EditWardProps = {
  row: Ward | null
  hospital: string
  departments: readonly Department[]
  onClose: () => void
}

function EditWard({ row, hospital, departments, onClose }: EditWardProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const given = (values: Values) => ({
    code: String(values.code),
    name: String(values.name),
    name_en: String(values.name_en),
    department_id: values.department_id ? String(values.department_id) : null,
    beds: bedsOf(String(values.beds)),
  })
  return (
    <FormDrawer
      title={t(row ? 'places.ward.edit' : 'places.ward.add')}
      onClose={onClose}
      start={{
        code: row?.code ?? '',
        name: row?.name ?? '',
        name_en: row?.name_en ?? '',
        department_id: row?.department_id ?? '',
        beds: row?.beds.join('，') ?? '',
      }}
      fields={[
        {
          name: 'code',
          label: t('places.ward.code'),
          required: true,
          hint: t('places.ward.code_hint'),
        },
        { name: 'name', label: t('places.ward.name'), required: true },
        {
          name: 'department_id',
          label: t('places.ward.department_id'),
          kind: 'choice',
          options: [
            { value: '', label: t('places.ward.none') },
            ...departments.map((one) => ({ value: one.id, label: named(one) })),
          ],
        },
        {
          name: 'beds',
          label: t('places.ward.beds'),
          kind: 'long',
          hint: t('places.ward.beds_hint'),
        },
        { name: 'name_en', label: t('places.ward.name_en') },
      ]}
      save={(values) =>
        row
          ? body(
              client.PUT('/api/admin/wards/{id}', {
                params: { path: { id: row.id }, header: ifMatch(row.version) },
                body: given(values),
              }),
            )
          : body(
              client.POST('/api/admin/wards', {
                body: { ...given(values), hospital_id: hospital },
              }),
            )
      }
    />
  )
}
