/** Roles that wait for a second person, who decides here. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Person, useDecide } from './queries'
import css from './staff.module.css'

export function Proposals({ person }: { person: Person }) {
  const { t } = useTranslation()
  const decide = useDecide()
  if (person.proposals.length === 0) return null
  return (
    <section className={css.part} aria-label={t('staff.proposals')}>
      <h3>{t('staff.proposals')}</h3>
      <div className={css.box}>
        {person.proposals.map(({ id, role, may_decide }) => (
          <div key={id} className={css.line}>
            {t('staff.proposal', { role: t(`role.${role}`) })}
            {may_decide && (
              <span className="push">
                <Button onClick={() => decide.mutate({ id, confirm: false })}>
                  {t('staff.refuse')}
                </Button>
                <Button onClick={() => decide.mutate({ id, confirm: true })}>
                  {t('staff.confirm')}
                </Button>
              </span>
            )}
          </div>
        ))}
      </div>
    </section>
  )
}
