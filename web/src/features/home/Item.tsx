/** A work item as a row; its button does it or leads to where it is done. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ACCEPTED, useAnswer, usePerform } from '../../consultation/perform'
import { useReasonWords } from '../../consultation/reasonWords'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { WorkRow } from '../../kit/WorkRow'
import { howOf } from './how'
import { placeOf, textOf, type Work } from './view'

export function useItemWords(item: Work) {
  const { t, i18n } = useTranslation()
  const { brief } = usePatientWords()
  const reasonWords = useReasonWords()
  const { patient } = item
  const known = i18n.exists(`home.kind.${item.kind}`) // a newer server may ask for more
  return {
    patient,
    text: [reasonWords(textOf(item)), item.note.no_media ? t('home.no_media') : '']
      .filter(Boolean)
      .join(' · '),
    who: patient ? brief(patient) : t('home.no_patient'),
    kind: known ? t(`home.kind.${item.kind}`) : t('home.other_kind'),
    verb: known ? t(`home.verb.${item.kind}`) : t('home.look'),
  }
}

type Props = { item: Work; chosen: boolean; onLook: () => void }

export function Item({ item, chosen, onLook }: Props) {
  const { t } = useTranslation()
  const { place } = usePatientWords()
  const { hospital } = usePeopleWords()
  const navigate = useNavigate()
  const { patient, who, kind, verb, text } = useItemWords(item)
  const target = { id: item.activity_id ?? item.about_id, version: item.version ?? 0 }
  const perform = usePerform(target)
  const answer = useAnswer(target)
  const how = howOf(item)
  const run = () => {
    if (how.by === 'page') void navigate(how.to)
    else if (how.by === 'preview') onLook()
    else if (how.act === 'invite') answer.mutate(ACCEPTED)
    else perform.mutate({ act: how.act })
  }
  return (
    <WorkRow
      urgency={item.urgency}
      kind={kind}
      who={who}
      hidden={patient === null}
      place={item.place ? place(placeOf(item.place, hospital)) : ''}
      text={text}
      due={item.due_at}
      since={item.created_at}
      chosen={chosen}
      onLook={onLook}
      lookLabel={t('home.preview', { text, kind, who })}
      action={
        // For screen readers the name also says whose item it is, so that the buttons differ.
        <Button
          aria-label={t('home.act', { verb, kind, who })}
          loading={perform.isPending || answer.isPending}
          onClick={run}
        >
          {verb}
        </Button>
      }
    />
  )
}
