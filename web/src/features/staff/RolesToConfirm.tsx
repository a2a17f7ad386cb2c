/** 待确认的任职: roles that wait for a second person of this hospital. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import css from './credentials.module.css'
import { proposedQuery, useDecide } from './queries'

export function RolesToConfirm() {
  const { t } = useTranslation()
  return (
    <Loaded
      query={proposedQuery()}
      what={t('staff.proposals')}
      skeleton={<PanelSkeleton rows={2} cells={[140, '40%', 120]} />}
    >
      {({ items }) => (
        <Panel title={t('staff.proposals')} note={t('staff.credentials.second')} tight>
          {items.length === 0 && (
            <p className={`secondary small ${css.nothing}`}>{t('staff.credentials.no_roles')}</p>
          )}
          {items.map((one) => (
            <Line key={one.id} proposed={one} />
          ))}
        </Panel>
      )}
    </Loaded>
  )
}

function Line({ proposed }: { proposed: Schemas['Proposed'] }) {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const { named } = usePeopleWords()
  const decide = useDecide()
  const { id, role, roles, may_decide, number, proposed_at } = proposed
  const by = (i18n.language === 'en' && proposed.proposed_by_en) || proposed.proposed_by
  const who = named(proposed)
  return (
    <div className={css.item}>
      <span>
        <b>{who}</b> <span className="secondary small">{number}</span>
        <br />
        <span className="secondary small">
          {t('staff.credentials.has', {
            roles: roles.map((held) => t(`role.${held}`)).join(t('staff.between')),
          })}
        </span>
      </span>
      <span>
        {t('staff.credentials.wants', { role: t(`role.${role}`) })}
        <br />
        <span className="secondary small">
          {t('staff.credentials.proposed', {
            by: by || t('staff.credentials.operator'),
            at: moment(proposed_at),
          })}
        </span>
      </span>
      {may_decide ? (
        <span className={css.buttons}>
          <Button
            loading={decide.isPending}
            aria-label={t('state.labelled', { label: t('staff.refuse') }) + who}
            onClick={() => decide.mutate({ id, confirm: false })}
          >
            {t('staff.refuse')}
          </Button>
          <Button
            type="primary"
            loading={decide.isPending}
            aria-label={t('state.labelled', { label: t('staff.confirm') }) + who}
            onClick={() => decide.mutate({ id, confirm: true })}
          >
            {t('staff.confirm')}
          </Button>
        </span>
      ) : (
        <span className="secondary small">{t('staff.credentials.not_you')}</span>
      )}
    </div>
  )
}
