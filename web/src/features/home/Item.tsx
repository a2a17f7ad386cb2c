/** A work item as a row; its button does it or leads to where it is done. An approval can be taken back for a while. */
import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client } from '../../api/client'
import { useNow } from '../../api/clock'
import type { Role } from '../../api/session'
import { ACCEPTED, useAnswer } from '../../consultation/perform'
import { useReasonWords } from '../../consultation/reasonWords'
import { useFormat } from '../../i18n/format'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { useRosterWords } from '../../kit/rosterWords'
import { useAct } from '../../kit/useAct'
import { WorkRow } from '../../kit/WorkRow'
import { useBookTimeWords } from './bookTimeWords'
import { howOf, type OneClick, standsStill } from './how'
import { placeOf, textOf, type Work } from './view'

/** What it is called here: of a redirected one a new consent is taken. */
const wordOf = ({ kind, note }: Work) => {
  if (kind === 'renew' && note.redirected) return 'renew_redirected'
  return standsStill({ kind, note }) ? 'go_on' : kind
}

export function useItemWords(item: Work) {
  const { t, i18n } = useTranslation()
  const { brief } = usePatientWords()
  const reasonWords = useReasonWords()
  const { moment, time } = useFormat()
  const { patient, starts_at, ends_at } = item
  const word = wordOf(item)
  const own = useOwn()(item) // about no patient
  const known = i18n.exists(`home.kind.${word}`) // a newer server may ask for more
  // Whoever is invited answers the time.
  const when =
    item.kind === 'invite' && starts_at && ends_at ? `${moment(starts_at)}–${time(ends_at)}` : ''
  const said = own ? own.text : reasonWords(textOf(item))
  return {
    patient,
    when,
    text: [when, said, item.note.no_media ? t('home.no_media') : ''].filter(Boolean).join(' · '),
    who: patient ? brief(patient) : (own?.who ?? t('home.no_patient')),
    forAll: own !== null,
    kind: known ? t(`home.kind.${word}`) : t('home.other_kind'),
    verb: known ? t(`home.verb.${word}`) : t('home.look'),
  }
}

/** What is about no patient: whose it is, and what it says. */
function useOwn() {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const { title } = useRosterWords()
  const { hospital, named } = usePeopleWords()
  const bookTime = useBookTimeWords()
  return ({ kind, activity, note, starts_at }: Work): { who: string; text: string } | null => {
    if (kind === 'holidays')
      return { who: t('home.of_all'), text: t('home.holidays', { year: String(note.year) }) }
    if (kind === 'answer_device')
      return {
        who: `${hospital(String(note.hospital))} ${note.device}`,
        text: String((i18n.language === 'en' && note.venue_en) || note.venue || ''),
      }
    if (kind === 'book_time') return bookTime(note)
    if (kind === 'cover_rounds') {
      const [at, n] = [moment(String(note.starts)), String(note.made)]
      return {
        who: named({ name: String(note.ward), name_en: String(note.ward_en) }),
        text: t(`home.cover_rounds.${note.made ? 'made' : 'none'}`, {
          ...{ hospital: hospital(String(note.hospital)), at, n },
        }),
      }
    }
    const person = String((i18n.language === 'en' && note.name_en) || note.name)
    if (kind === 'registration')
      return {
        who: person,
        text: t(note.touched ? 'home.registration_touched' : 'home.registration', {
          hospital: hospital(String(note.hospital)),
          until: String(note.until),
          n: String(note.touched),
        }),
      }
    if (kind === 'confirm_role')
      return { who: person, text: t('home.confirm_role', { role: t(`role.${note.role as Role}`) }) }
    if (activity === 'round') {
      const ward = named({ name: String(note.ward), name_en: String(note.ward_en) })
      const at = starts_at ? moment(starts_at) : ''
      const said = {
        ...{ at, to: 'other_time' in note ? moment(String(note.other_time)) : '' },
        reason: String(note.reason ?? ''),
        ...(note as { proposed: string; lacking: string; n: string; text: string; number: string }),
      }
      return {
        who: note.bed ? t('home.round.bed', { ward, bed: String(note.bed) }) : ward,
        text: t(`home.round.${roundTextOf(note)}`, said),
      }
    }
    if (kind !== 'roster_gap') return null
    const roster = title({
      kind: note.kind as 'role',
      subject: String(note.subject),
      name: String(note.name),
      name_en: String(note.name_en),
    })
    return {
      who: t('home.of_rosters'),
      text: t('home.roster_gap', { roster, at: moment(String(note.starts)) }),
    }
  }
}

const roundTextOf = (note: Work['note']) => {
  if ('proposed' in note) return 'prepare'
  if ('consent_id' in note) return 'paper'
  if ('other_time' in note) return note.reason ? 'other_time_for' : 'other_time'
  return 'text' in note ? 'instruction' : 'at'
}

type Props = {
  item: Work
  chosen: boolean
  /** When its approval is sent, null while it is; undefined if it has not been given. */
  sentAt: number | null | undefined
  /** Null where nothing is ticked. */
  ticked: boolean | null
  onTick: (on: boolean) => void
  onLook: () => void
  onApprove: (act: OneClick) => void
  onTakeBack: () => void
}

export function Item({ item, chosen, sentAt, ticked, ...on }: Props) {
  const { t } = useTranslation()
  const { place } = usePatientWords()
  const { hospital } = usePeopleWords()
  const navigate = useNavigate()
  const { patient, who, kind, verb, text, forAll } = useItemWords(item)
  const target = { id: item.activity_id ?? item.about_id, version: item.version ?? 0 }
  const answer = useAnswer(target)
  const answered = useAnswered(item.about_id)
  const how = howOf(item)
  const run = () => {
    if (how.by === 'page') void navigate(how.to)
    else if (how.by === 'preview') on.onLook()
    else if (how.by === 'answered') answered.mutate()
    else if (how.act === 'invite') answer.mutate(ACCEPTED)
    else on.onApprove(how.act)
  }
  const held = sentAt !== undefined
  return (
    <WorkRow
      id={item.id}
      urgency={forAll ? null : item.urgency}
      kind={kind}
      who={who}
      hidden={patient === null && item.kind !== 'answer_device'}
      place={item.place ? place(placeOf(item.place, hospital)) : ''}
      text={text}
      due={item.due_at}
      since={item.created_at}
      chosen={chosen}
      onLook={on.onLook}
      lookLabel={t('home.preview', { text, kind, who })}
      held={held && <SentIn at={sentAt} />}
      tick={
        ticked !== null && (
          <Checkbox
            checked={ticked}
            aria-label={t('home.tick', { kind, who })}
            onChange={({ target: { checked } }) => on.onTick(checked)}
          />
        )
      }
      action={
        // For screen readers the name also says whose item it is, so that the buttons differ.
        <Button
          data-act
          aria-label={t('home.act', { verb: held ? t('home.take_back') : verb, kind, who })}
          loading={answer.isPending || answered.isPending || sentAt === null}
          // The second of a double click takes nothing back.
          onClick={({ detail }) => (held ? detail < 2 && on.onTakeBack() : run())}
        >
          {held ? t('home.take_back') : verb}
        </Button>
      }
    />
  )
}

/** Somebody of the centre sees to a device that calls. */
const useAnswered = (id: string) =>
  useAct({
    run: () => body(client.POST('/api/devices/{id}/answered', { params: { path: { id } } })),
    changes: { work: '*' },
  })

function SentIn({ at }: { at: number | null }) {
  const { t } = useTranslation()
  const now = useNow()
  if (at === null) return t('home.sending')
  return t('home.sent_in', { s: String(Math.max(1, Math.floor((at - now) / 1000))) })
}
