/** On the case page: that it is an MDT with whom as chair and recorder, and the button of who may say so. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PickPerson, usePickable } from '../../../consultation/PickPerson'
import { staffQuery } from '../../../consultation/queries'
import type { Consultation } from '../../../consultation/view'
import { Dialog } from '../../../kit/Dialog'
import { Field } from '../../../kit/Field'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { useAct } from '../../../kit/useAct'
import css from './mdt.module.css'
import { arrangeMdt, dropMdt } from './queries'

export default function OnCase({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const [asked, setAsked] = useState(false)
  const recorder = c.participants.find(({ person }) => person.id === c.recorder_id)?.person
  return (
    <div className={css.onCase}>
      {c.mdt && (
        <>
          <Pill tone="brand">{t('mdt.title')}</Pill>
          {c.lead && <span className="small">{t('mdt.chair', { name: named(c.lead) })}</span>}
          {recorder && (
            <span className="small">{t('mdt.recorder', { name: named(recorder) })}</span>
          )}
        </>
      )}
      {c.may_add_expert && (
        <Button size="small" onClick={() => setAsked(true)}>
          {t(c.mdt ? 'mdt.change' : 'mdt.arrange')}
        </Button>
      )}
      {asked && <Arrange consultation={c} onClose={() => setAsked(false)} />}
    </div>
  )
}

function Arrange({
  consultation: c,
  onClose,
}: {
  consultation: Consultation
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [picked, setPicked] = useState(c.recorder_id)
  const staff = useQuery(staffQuery(c.hub_id))
  const signs = new Set(
    c.participants.filter(({ role }) => role !== 'guest').map(({ person }) => person.id),
  )
  const options = usePickable(c, c.hub_id, staff.data, null).filter(
    ({ value }) => !signs.has(value),
  )
  const arrange = useAct({
    run: () => arrangeMdt(c.id, picked),
    changes: { consultation: c.id, opinion: c.id },
    onDone: onClose,
  })
  const drop = useAct({
    run: () => dropMdt(c.id),
    changes: { consultation: c.id, opinion: c.id },
    onDone: onClose,
  })
  return (
    <Dialog
      title={t(c.mdt ? 'mdt.change' : 'mdt.arrange')}
      confirm={t(c.mdt ? 'mdt.keep' : 'mdt.arrange')}
      busy={arrange.isPending}
      onConfirm={() => arrange.mutate()}
      onClose={onClose}
    >
      <p>{t('mdt.arrange_note')}</p>
      <Field label={t('mdt.recorder_label')} hint={t('mdt.recorder_hint')}>
        {({ id }) => (
          <PickPerson
            id={id}
            loading={staff.isPending}
            picked={picked}
            onPick={setPicked}
            onClear={() => setPicked(null)}
            options={options}
          />
        )}
      </Field>
      {c.mdt && (
        <Button type="link" size="small" loading={drop.isPending} onClick={() => drop.mutate()}>
          {t('mdt.drop')}
        </Button>
      )}
    </Dialog>
  )
}
