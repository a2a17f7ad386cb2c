/** Shifts that are offered to me, which I accept or decline, and what became of those that I offer. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice, type NoticeTone } from '../../../kit/Notice'
import { usePeopleWords } from '../../../kit/people'
import { useAct } from '../../../kit/useAct'
import { Phone } from '../Called'
import { answerHandOver, type HandOver, type OwnStandby, withdrawHandOver } from './queries'
import { useShiftWords } from './shiftWords'

const CHANGES = { roster: '*' } as const

export const HandOvers = ({ own: { hand_overs } }: { own: OwnStandby }) =>
  hand_overs.map((each) =>
    each.by_me ? <Mine key={each.id} of={each} /> : <Asked key={each.id} of={each} />,
  )

function Asked({ of }: { of: HandOver }) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const words = useShiftWords()
  const answer = useAct({ run: answerHandOver, changes: CHANGES, of: ({ id }) => id })
  const say = (accepts: boolean) => answer.mutate({ id: of.id, accepts })
  return (
    <Notice
      tone="urgent"
      action={
        <>
          <Button disabled={answer.isPending} onClick={() => say(false)}>
            {t('standby.decline')}
          </Button>
          <Button type="primary" loading={answer.isPending} onClick={() => say(true)}>
            {t('standby.accept')}
          </Button>
        </>
      }
    >
      {t('standby.asks_you', {
        who: withTitle(of.giver),
        shift: of.shift ? words(of.shift) : '',
      })}{' '}
      <Phone phone={of.giver.phone} />
      {of.note && <p>{t('standby.note_is', { note: of.note })}</p>}
    </Notice>
  )
}

const TONES: Record<'open' | NonNullable<HandOver['answer']>, NoticeTone> = {
  open: 'info',
  accepted: 'done',
  declined: 'urgent',
  withdrawn: 'info',
}

function Mine({ of }: { of: HandOver }) {
  const { t } = useTranslation()
  const { withTitle } = usePeopleWords()
  const words = useShiftWords()
  const back = useAct({ run: withdrawHandOver, changes: CHANGES, done: t('standby.withdrawn') })
  const state = of.answer ?? 'open'
  return (
    <Notice
      tone={TONES[state]}
      action={
        state === 'open' && (
          <Button loading={back.isPending} onClick={() => back.mutate(of.id)}>
            {t('standby.withdraw')}
          </Button>
        )
      }
    >
      {t(`standby.offer_state.${state}`, { who: withTitle(of.taker) })}{' '}
      {of.shift && state !== 'accepted' && words(of.shift)}{' '}
      {state !== 'accepted' && <Phone phone={of.taker.phone} />}
    </Notice>
  )
}
