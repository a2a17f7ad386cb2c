/** 查阅记录: who saw a patient, what a person saw, and what was changed in settings, people and accounts. */
import { DownloadOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/client'
import { serverNow } from '../../api/clock'
import { useRole, useSession } from '../../api/session'
import { language } from '../../i18n'
import { AdminTabs } from '../../kit/AdminTabs'
import { EmptyState } from '../../kit/EmptyState'
import { ErrorState } from '../../kit/ErrorState'
import { PageHead } from '../../kit/PageHead'
import { Busy, PanelSkeleton } from '../../kit/Skeletons'
import { save } from '../../kit/save'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import { siteDay } from '../../zone'
import css from './audit.module.css'
import { CanSee } from './CanSee'
import { Filters } from './Filters'
import { type Asked, auditQuery, useAsked } from './queries'
import { Changes, Reads } from './Rows'

export function Component() {
  const { t } = useTranslation()
  const office = useRole('reviewer')
  const { actor, hospitals } = useSession()
  // Break-glass is reviewed at the branch whose patient it was.
  const reviews =
    office && hospitals.some(({ id, kind }) => id === actor.hospital_id && kind === 'branch')
  const { asked, ask } = useAsked(!office)
  return (
    <>
      <PageHead
        title={t('audit.title')}
        note={t(office ? 'audit.note' : 'audit.note_settings')}
        actions={
          <>
            {reviews && (
              <Link className={css.jump} to={paths.breakGlasses()}>
                {t('nav.break_glass')}
              </Link>
            )}
            <ExportButton asked={asked} />
          </>
        }
      >
        <AdminTabs />
      </PageHead>
      <div className={css.body}>
        {office && (
          <div>
            <Segmented
              aria-label={t('audit.about_hint')}
              value={asked.about}
              options={(['reads', 'settings'] as const).map((value) => ({
                value,
                label: t(`audit.about.${value}`),
              }))}
              onChange={(value) => ask('about', value === 'settings' ? value : '')}
            />
          </div>
        )}
        <Filters asked={asked} ask={ask} />
        {office && asked.patient && <CanSee patient={asked.patient} />}
        <Found asked={asked} />
      </div>
    </>
  )
}

function Found({ asked }: { asked: Asked }) {
  const { t } = useTranslation()
  const query = auditQuery(asked)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } =
    useInfiniteQuery(query)
  const rows = data?.pages.flatMap((page) => page.items) ?? []
  const label = t(`audit.about.${asked.about}`)
  if (!query.enabled)
    return <EmptyState title={t('audit.of_whom')} hint={t('audit.of_whom_hint')} />
  if (!data && error)
    return <ErrorState error={error} what={t('audit.title')} onRetry={() => void refetch()} />
  if (!data)
    return (
      <Busy what={t('audit.title')}>
        <PanelSkeleton rows={12} cells={[120, '30%', 80, 120, 100]} />
      </Busy>
    )
  if (rows.length === 0)
    return <EmptyState title={t('audit.none')} hint={t(`audit.none_hint.${asked.about}`)} />
  return (
    <>
      {asked.about === 'reads' ? (
        <Reads rows={rows} label={label} />
      ) : (
        <Changes rows={rows} label={label} />
      )}
      {hasNextPage && (
        <Button
          className={css.more ?? ''}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('consultation.load_more')}
        </Button>
      )}
    </>
  )
}

function ExportButton({ asked }: { asked: Asked }) {
  const { t } = useTranslation()
  const take = useAct({
    run: async () => {
      const answer = await send('/api/audit/export', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...asked, language: language() }),
      })
      save(await answer.blob(), `${t('audit.title')} ${siteDay(serverNow())}.csv`)
      return Number(answer.headers.get('Cut-At') ?? 0)
    },
    done: (cutAt) =>
      cutAt ? t('consultation.exported_cut', { count: cutAt }) : t('consultation.exported'),
  })
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      disabled={!auditQuery(asked).enabled}
      loading={take.isPending}
      onClick={() => take.mutate()}
    >
      {t('consultation.export')}
    </Button>
  )
}
