/** One session: when, where and with whom; whom it visits; and what this person may do about it. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { Answer, useAsksMe } from './Answer'
import { HeadActs } from './HeadActs'
import { List } from './list/List'
import { OwedPaper } from './list/OwedPaper'
import { useMayPrint } from './mayPrint'
import { Doctors, Students } from './Named'
import { OtherTime } from './OtherTime'
import { BEFORE, type Round, roundQuery } from './queries'
import css from './rounds.module.css'
import { useWhy } from './why'
import { TONES, useRoundWords } from './words'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded query={roundQuery(id)} what={t('rounds.title')} skeleton={<PanelSkeleton rows={8} />}>
      {(round) => <One key={id} round={round} />}
    </Loaded>
  )
}

function One({ round }: { round: Round }) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const prints = useMayPrint()
  const { actor } = useSession()
  return (
    <>
      <PageHead
        title={t('rounds.one', { ward: words.ward(round) })}
        note={
          <span className={css.pills}>
            {words.hospital(round.branch_id)} · {words.when(round.starts_at)}
            <Pill tone={TONES[round.state]}>{t(`rounds.state.${round.state}`)}</Pill>
          </span>
        }
        actions={
          <>
            <Link className="target" to={paths.rounds()}>
              {t('rounds.back')}
            </Link>
            {round.branch_id === actor.hospital_id && (
              <Link className="target" to={paths.wardBoard(round.ward_id)}>
                {t('rounds_board.link')}
              </Link>
            )}
            {prints && !round.learns && round.items.length > 0 && (
              <Button
                icon={<PrinterOutlined aria-hidden />}
                href={`/api/rounds/sessions/${round.id}/print`}
                target="_blank"
              >
                {t('rounds.print')}
              </Button>
            )}
            <HeadActs round={round} />
          </>
        }
      />
      <div className={css.page}>
        <Notices round={round} />
        <Facts round={round} />
        <List round={round} />
        <OwedPaper round={round} />
      </div>
    </>
  )
}

function Notices({ round }: { round: Round }) {
  const { t } = useTranslation()
  const { named } = useRoundWords()
  const before = BEFORE.has(round.state)
  const asked = useAsksMe(round)
  return (
    <>
      {round.may_answer && asked && (
        <Notice action={<Answer row={round} />}>
          {t('rounds.ask_now')}
          {round.turned_down && (
            <div>{t('rounds_answer.turned_down', { words: round.turned_down })}</div>
          )}
        </Notice>
      )}
      {round.other_time && <OtherTime round={round} time={round.other_time} />}
      {before && round.lead === null && <Notice tone="stat">{t('rounds.no_lead_why')}</Notice>}
      {before && round.unbooked && (
        <Notice tone="stat">
          {t('rounds.unbooked_by', {
            names: round.unbooked_by.map(named).join(t('series.rule.comma')),
          })}
        </Notice>
      )}
      {round.learns && <Notice>{t('rounds.learns')}</Notice>}
      {round.hidden > 0 && !round.learns && (
        <Notice>{t('rounds.list.hidden', { count: round.hidden })}</Notice>
      )}
    </>
  )
}

function Facts({ round }: { round: Round }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const words = useRoundWords()
  const why = useWhy()
  const facts = {
    time: words.whole(round),
    lead: words.lead(round) ?? t('rounds.no_lead'),
    accompanying: round.accompanying && words.withTitle(round.accompanying),
    venue: words.named({ name: round.venue, name_en: round.venue_en }),
    cart: round.cart,
    opens: moment(round.list_opens_at),
    locks: moment(round.locks_at),
  }
  const label = (key: keyof typeof facts) =>
    key === 'lead' ? t('rounds.lead') : t(`rounds.facts.${key}`)
  return (
    <Panel title={t('rounds.facts.title')} tight>
      <dl className={css.facts}>
        {(Object.keys(facts) as (keyof typeof facts)[]).map((key) => (
          <div key={key}>
            <dt className="secondary">{label(key)}</dt>
            <dd>{facts[key] || <span className="secondary">{t('rounds.facts.none')}</span>}</dd>
          </div>
        ))}
        {round.doctors.length > 0 && <Doctors round={round} />}
        {round.students.length > 0 && <Students round={round} />}
        {round.why && (
          <div>
            <dt className="secondary">{t('rounds.facts.why')}</dt>
            <dd>{why(round.why)}</dd>
          </div>
        )}
      </dl>
    </Panel>
  )
}
