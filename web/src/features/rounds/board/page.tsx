/** 病区查房板: the round of the day bed by bed, what is open by bed, and how regularly the ward is visited. Prints on
 *  one sheet. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { Loaded } from '../../../kit/Loaded'
import { PageHead } from '../../../kit/PageHead'
import { Pill } from '../../../kit/Pill'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { EnterLink } from '../Answer'
import { RUNNING } from '../queries'
import { TONES, useRoundWords } from '../words'
import { Beds } from './Beds'
import css from './board.module.css'
import { CadencePanel } from './Cadence'
import { Open } from './Open'
import { type Board, boardQuery } from './queries'

const skeleton = (
  <div className={css.page}>
    <PanelSkeleton rows={8} rowHeight={51} cells={[40, 120, '30%', 120, 80, 60, 100]} />
    <PanelSkeleton rows={8} cells={['60%', 80]} />
  </div>
)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const session = params.get('session')
  return (
    <Loaded query={boardQuery(id, session)} what={t('rounds_board.title')} skeleton={skeleton}>
      {(board) => (
        <One board={board} onDay={(day) => setParams({ session: day }, { replace: true })} />
      )}
    </Loaded>
  )
}

function One({ board, onDay }: { board: Board; onDay: (id: string) => void }) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const { session } = board
  const place = [
    words.hospital(board.hospital_id),
    words.named({ name: board.department, name_en: board.department_en }),
  ]
  return (
    <div className={css.sheet}>
      <PageHead
        title={t('rounds_board.of', { ward: words.ward({ ...board, branch_id: '' }) })}
        note={place.filter(Boolean).join(' ')}
        actions={
          <>
            {session && <Now board={board} row={session} />}
            <Button
              className={css.unprinted ?? ''}
              icon={<PrinterOutlined aria-hidden />}
              onClick={() => window.print()}
            >
              {t('rounds_board.print')}
            </Button>
            {session && board.room_open && (
              <span className={`${css.unprinted} ${css.enter}`}>
                <EnterLink row={session} />
              </span>
            )}
          </>
        }
      >
        <Days board={board} onDay={onDay} />
      </PageHead>
      <div className={css.page}>
        <div className={css.column}>
          <Beds board={board} />
          <CadencePanel board={board} />
        </div>
        <Open beds={board.instructions} board={board} />
      </div>
    </div>
  )
}

/** The round before, today's, the next; on paper the one that is shown. */
function Days({ board, onDay }: { board: Board; onDay: (id: string) => void }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const label = (which: Board['days'][number]['which'], at: string) =>
    which === 'today'
      ? t('rounds_board.today', { day: day(Date.parse(at)) })
      : t(`rounds_board.which.${which}`, { day: day(Date.parse(at)) })
  const { session, days } = board
  if (!session || days.length === 0) return null
  return (
    <Segmented
      className={css.days ?? ''}
      aria-label={t('rounds_board.days')}
      value={session.id}
      options={days.map(({ id, which, starts_at }) => ({
        value: id,
        label: label(which, starts_at),
      }))}
      onChange={onDay}
    />
  )
}

const MINUTE = 60_000

function Now({ board, row }: { board: Board; row: NonNullable<Board['session']> }) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const { time } = useFormat()
  const now = useNow()
  const runs = RUNNING.has(row.state)
  const at = board.beds.findIndex(({ turn }) => turn === 'now')
  // The end was reckoned when the answer was made; a bed that takes longer moves it on.
  const ends = board.ends_expected_at && Math.max(Date.parse(board.ends_expected_at), now)
  const late = ends ? Math.round((ends - Date.parse(row.ends_at)) / MINUTE) : 0
  const lead = row.lead && words.named(row.lead)
  return (
    <>
      <Pill tone={TONES[row.state]}>
        {runs && at >= 0
          ? t('rounds_board.at', { n: String(at + 1), all: String(board.beds.length) })
          : t(`rounds.state.${row.state}`)}
      </Pill>
      {ends && late > 0 && (
        <b className={css.behind}>
          {t('rounds_board.behind', {
            at: time(new Date(ends).toISOString()),
            n: String(late),
          })}
        </b>
      )}
      <span className="secondary">
        {lead ? t('rounds.leads', { name: lead }) : t('rounds.no_lead')}
      </span>
    </>
  )
}
