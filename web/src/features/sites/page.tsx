/** 运行看板: every room and cart, whether it works, and its next meeting; what needs somebody first. */
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Pill, type Tone } from '../../kit/Pill'
import { PanelSkeleton } from '../../kit/Skeletons'
import { Exceptions } from '../home/Exceptions'
import { Legend } from './Link'
import { type Board, type SiteState, sitesQuery } from './queries'
import { Retest } from './Retest'
import { SiteRow } from './SiteRow'
import css from './sites.module.css'

const TONES = {
  red: 'stat',
  watch: 'urgent',
  ready: 'done',
  idle: 'quiet',
  bare: 'quiet',
} as const satisfies Record<SiteState, Tone>
const STATES = ['red', 'watch', 'ready', 'idle', 'bare'] as const

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('sites.title')} />
      <div className={css.page}>
        <Exceptions />
        <Loaded
          query={sitesQuery()}
          what={t('sites.title')}
          skeleton={<PanelSkeleton rows={6} rowHeight={56} cells={[160, '30%', 80, 120]} />}
        >
          {(board) => <Sites board={board} />}
        </Loaded>
      </div>
    </>
  )
}

function Sites({ board: { items } }: { board: Board }) {
  const { t } = useTranslation()
  if (items.length === 0) return <EmptyState title={t('sites.none')} hint={t('sites.none_hint')} />
  return (
    <section aria-labelledby="sites">
      <header className={css.line}>
        <h2 id="sites">{t('sites.panel')}</h2>
        <span className="secondary small">{t('sites.note', { count: items.length })}</span>
        <Counts items={items} />
        <Legend />
        <Retest items={items} />
      </header>
      <div className={css.heads} aria-hidden="true">
        {[0, 1].map((column) => (
          <p key={column} className={`${css.cells} secondary small`}>
            <span>{t('sites.head.site')}</span>
            <span>{t('sites.head.test')}</span>
            <span>{t('sites.head.link')}</span>
            <span>{t('sites.head.next')}</span>
          </p>
        ))}
      </div>
      <ul className={css.sites} aria-label={t('sites.panel')}>
        {items.map((each) => (
          <SiteRow key={each.id} site={each} />
        ))}
      </ul>
    </section>
  )
}

function Counts({ items }: { items: Board['items'] }) {
  const { t } = useTranslation()
  return (
    <span className={css.counts}>
      <span className="unseen">{t('sites.counts')}</span>
      {STATES.map((state) => {
        const n = items.filter((each) => each.state === state).length
        return (
          n > 0 && (
            <Pill key={state} tone={TONES[state]}>
              {t(`sites.state.${state}`)} {n}
            </Pill>
          )
        )
      })}
    </span>
  )
}
