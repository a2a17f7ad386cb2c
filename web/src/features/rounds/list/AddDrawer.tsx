/** Who lies in the ward and is not on the list, with why they might be. */
import { SearchOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { Drawer } from '../../../kit/Drawer'
import { EmptyState } from '../../../kit/EmptyState'
import { Loaded } from '../../../kit/Loaded'
import { usePatientWords } from '../../../kit/patient'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { useAct } from '../../../kit/useAct'
import { addItem, type Round, wardQuery } from '../queries'
import css from './list.module.css'

type Candidate = Schemas['CandidateOut']

export function AddDrawer({ round, onClose }: { round: Round; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer open title={t('rounds.ward.title')} onClose={onClose}>
      <Loaded
        query={wardQuery(round.id)}
        what={t('rounds.ward.title')}
        skeleton={<PanelSkeleton rows={8} />}
      >
        {({ items, may_add }) => <Candidates round={round} items={items} mayAdd={may_add} />}
      </Loaded>
    </Drawer>
  )
}

/** `wangbeichen`, as it is typed, finds `wang bei chen`. */
const close = (text: string) => text.toLowerCase().replaceAll(' ', '')
const found = (words: string) => (each: Candidate) =>
  [each.name, each.pinyin, each.bed, each.number].some((text) => close(text).includes(close(words)))

type Props = { round: Round; items: Candidate[]; mayAdd: boolean }

function Candidates({ round, items, mayAdd }: Props) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const shown = items.filter(found(words))
  if (items.length === 0)
    return <EmptyState title={t('rounds.ward.none')} hint={t('rounds.ward.none_hint')} />
  return (
    <>
      <Input
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        aria-label={t('rounds.ward.search')}
        placeholder={t('rounds.ward.search')}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {shown.length === 0 && (
        <EmptyState title={t('rounds.ward.no_match')} hint={t('rounds.ward.no_match_hint')} />
      )}
      <ul className={css.ward} aria-label={t('rounds.ward.title')}>
        {shown.map((each) => (
          <One key={each.patient_id} round={round} one={each} mayAdd={mayAdd} />
        ))}
      </ul>
    </>
  )
}

function One({ round, one, mayAdd }: { round: Round; one: Candidate; mayAdd: boolean }) {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const act = useAct({
    run: () => addItem(round.id, one.patient_id),
    changes: { round: round.id },
    done: t('rounds.ward.added'),
  })
  return (
    <li className={css.candidate}>
      <b className={css.bed}>{one.bed}</b>
      <span className={css.text}>
        <b>{brief(one)}</b>
        <span className="secondary small">
          {t('patient.number.admission', { number: one.number })}
        </span>
        <span className={css.marks}>
          {one.reasons.map((each) => (
            <span key={each} className={css.reason}>
              {t(`rounds.reason.${each}`)}
            </span>
          ))}
        </span>
      </span>
      {mayAdd && (
        <Button
          loading={act.isPending}
          aria-label={t('rounds.ward.add_of', { bed: one.bed, name: one.name })}
          onClick={() => act.mutate()}
        >
          {t('rounds.ward.add')}
        </Button>
      )}
    </li>
  )
}
