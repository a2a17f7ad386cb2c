/** The link, which opens for whoever may see the reading; and inviting somebody, who may then for four hours. */
import { useQuery } from '@tanstack/react-query'
import { App, Button, Input, Select } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { departmentsQuery } from '../../../consultation/queries'
import { useFormat } from '../../../i18n/format'
import { Dialog } from '../../../kit/Dialog'
import { usePeopleWords } from '../../../kit/people'
import { useAct } from '../../../kit/useAct'
import { paths } from '../../../paths'
import type { Reading } from '../queries'
import { calledQuery, endInvitation, type Invited, invite, type Together } from './queries'
import css from './together.module.css'

type Props = { reading: Reading; together: Together | null; onClose: () => void }

export function InviteDialog({ reading, together, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('reading.together.invite_title')} onClose={onClose}>
      <TheLink id={reading.id} />
      {together?.may_invite && <Pick reading={reading} together={together} />}
      {together && together.invited.length > 0 && (
        <>
          <h3>{t('reading.together.invited')}</h3>
          <ul className={css.invited}>
            {together.invited.map((each) => (
              <One key={each.person.id} id={reading.id} invited={each} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}

function TheLink({ id }: { id: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const field = useId()
  const link = window.location.origin + paths.readTogether(id)
  const copy = () =>
    // Absent where the page was not loaded over https: then it is copied by hand.
    (navigator.clipboard?.writeText(link) ?? Promise.reject()).then(
      () => message.success(t('reading.together.copied')),
      () => message.info(t('reading.together.copy_by_hand')),
    )
  return (
    <div className={css.field}>
      <label htmlFor={field}>{t('reading.together.link')}</label>
      <span className={css.line}>
        <Input id={field} readOnly value={link} onFocus={(event) => event.target.select()} />
        <Button onClick={() => void copy()}>{t('reading.together.copy')}</Button>
      </span>
      <p className="secondary small">{t('reading.together.link_hint')}</p>
    </div>
  )
}

function Pick({ reading, together }: { reading: Reading; together: Together }) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [picked, setPicked] = useState<string | null>(null)
  const q = useDeferredValue(typed.trim())
  const people = usePickable(reading, together, q)
  const inviting = useAct({
    run: (who: string) => invite(reading.id, who),
    changes: { reading: reading.id },
    done: t('reading.together.told'),
    onDone: () => setPicked(null),
  })
  return (
    <div className={css.field}>
      <label htmlFor={id}>{t('reading.together.whom')}</label>
      <span className={css.line}>
        <Select
          id={id}
          className={css.whom ?? ''}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          placeholder={t('reading.together.whom_hint')}
          notFoundContent={t(q ? 'reading.together.nobody' : 'reading.together.whom_hint')}
          value={picked}
          options={people}
          onChange={setPicked}
          getPopupContainer={(node) => node.parentElement ?? document.body}
        />
        <Button
          type="primary"
          disabled={picked === null}
          loading={inviting.isPending}
          onClick={() => picked && inviting.mutate(picked)}
        >
          {t('reading.together.do_invite')}
        </Button>
      </span>
      <p className="secondary small">{t('reading.together.invite_hint')}</p>
    </div>
  )
}

/** Of the hub and of the branch, who is not there yet. */
function usePickable(reading: Reading, together: Together, q: string) {
  const { withTitle, named, hospital } = usePeopleWords()
  const found = useQuery(calledQuery(q)).data ?? []
  const departments = useQuery(departmentsQuery()).data ?? []
  const there = new Set(together.here.map(({ id }) => id))
  return found
    .filter((one) => [reading.hub_id, reading.branch_id].includes(one.hospital_id))
    .filter((one) => !there.has(one.id))
    .map((one) => {
      const department = departments.find(({ id }) => id === one.department_id)
      const from = [hospital(one.hospital_id), department && named(department)]
      return { value: one.id, label: [withTitle(one), ...from].filter(Boolean).join(' ') }
    })
}

function One({ id, invited: { person, by, until, mine } }: { id: string; invited: Invited }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { withTitle, named } = usePeopleWords()
  const ending = useAct({
    run: () => endInvitation(id, person.id),
    changes: { reading: id },
  })
  return (
    <li>
      <span>
        <b>{withTitle(person)}</b>{' '}
        <span className="secondary small">
          {t('reading.together.until', { at: time(until), who: named(by) })}
        </span>
      </span>
      {mine && (
        <Button size="small" loading={ending.isPending} onClick={() => ending.mutate()}>
          {t('reading.together.end')}
        </Button>
      )}
    </li>
  )
}
