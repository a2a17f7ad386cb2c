/** Says that the packet has a newer version than the opinion rests on, what is new, and lets the writer rest on it. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { wordOr } from '../../consultation/view'
import { Notice } from '../../kit/Notice'
import { useAct } from '../../kit/useAct'
import type { OpinionDraft } from './draft'
import css from './opinions.module.css'
import { type Opinion, restOn } from './queries'

type Change = Schemas['PacketChange']

function useChangeWords() {
  const { t, i18n } = useTranslation()
  const named = ({ kind, checklist, title }: Change) => {
    const asked = checklist
      ? wordOr(t, (key) => i18n.exists(key), `missing.checklist.${checklist}`, '')
      : ''
    const name = asked || title || t('opinions.basis.unnamed')
    return kind === 'not_done' ? t('opinions.basis.not_done', { name }) : name
  }
  return (changes: Change[]) => changes.map(named).join(t('state.comma'))
}

type Props = { id: string; opinion: Opinion; draft?: OpinionDraft }

export function NewerPacket({ id, opinion, draft }: Props) {
  const { t } = useTranslation()
  const words = useChangeWords()
  const { newer_packet: newer } = opinion
  const rests = (opinion.draft ?? opinion.signed[0])?.packet_version
  const move = useAct({
    run: async (packet: number) => {
      const kept = await draft?.flush()
      return restOn(id, kept?.version ?? 0, packet)
    },
    onDone: (moved) => draft?.receive(moved),
    changes: { opinion: id },
    done: (moved) => t('opinions.basis.done', { n: String(moved.packet_version) }),
  })
  if (!newer || rests === undefined) return null
  const lost = newer.withdrawn.some(({ kind }) => kind === 'study')
  const n = { n: String(newer.version), rests: String(rests) }
  const counts: string[] = []
  if (newer.added.length > 0) counts.push(t('opinions.basis.added', { count: newer.added.length }))
  if (newer.withdrawn.length > 0)
    counts.push(t('opinions.basis.withdrawn', { count: newer.withdrawn.length }))
  return (
    <Notice
      tone={lost ? 'urgent' : 'info'}
      action={
        draft && (
          <Button size="small" loading={move.isPending} onClick={() => move.mutate(newer.version)}>
            {t('opinions.basis.move', n)}
          </Button>
        )
      }
    >
      <b>
        {t('opinions.basis.newer', { ...n, what: counts.join(t('state.comma')) })}
        {' · '}
        {t(draft ? 'opinions.basis.yours' : 'opinions.basis.its', n)}
      </b>
      <ul className={css.changes}>
        {newer.added.length > 0 && (
          <li>{t('opinions.basis.added_list', { list: words(newer.added) })}</li>
        )}
        {newer.withdrawn.length > 0 && (
          <li>{t('opinions.basis.withdrawn_list', { list: words(newer.withdrawn) })}</li>
        )}
      </ul>
      {lost && draft && t('opinions.basis.lost')}
    </Notice>
  )
}
