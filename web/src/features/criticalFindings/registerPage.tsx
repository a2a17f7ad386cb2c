/** 危急值登记: the critical findings of a day and ward, and their print. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { SideScroll } from '../../kit/SideScroll'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { siteDay } from '../../zone'
import css from './critical.module.css'
import { type FindingRow, printOf, registerQuery } from './queries'
import { useFindingWords } from './words'

export function Component() {
  const { t } = useTranslation()
  const { roles } = useSession()
  const [params, setParams] = useSearchParams()
  const day = params.get('day') ?? siteDay(serverNow())
  const ward = params.get('ward') ?? ''
  const show = (next: { day?: string; ward?: string }) =>
    setParams(
      Object.entries({ day, ward, ...next }).filter(([, value]) => value),
      { replace: true },
    )
  return (
    <>
      <PageHead
        title={t('critical.register')}
        actions={
          <>
            {roles.includes('reviewer') && (
              <Link className="target" to={paths.discrepancies()}>
                {t('nav.discrepancies')}
              </Link>
            )}
            <Button
              icon={<PrinterOutlined aria-hidden />}
              href={printOf(day, ward)}
              target="_blank"
            >
              {t('critical.print')}
            </Button>
          </>
        }
      />
      <div className={css.page}>
        <Loaded
          query={registerQuery(day, ward)}
          what={t('critical.register')}
          skeleton={<PanelSkeleton rows={6} />}
        >
          {({ items, wards, hidden }) => (
            <>
              <div className={css.filters}>
                <Input
                  className={css.day ?? ''}
                  type="date"
                  required
                  aria-label={t('critical.day')}
                  value={day}
                  onChange={(event) => event.target.value && show({ day: event.target.value })}
                />
                <Select
                  className={css.ward ?? ''}
                  aria-label={t('critical.ward')}
                  value={ward}
                  options={[
                    { value: '', label: t('critical.all_wards') },
                    ...wards.map((value) => ({ value, label: value })),
                  ]}
                  onChange={(value) => show({ ward: value })}
                />
              </div>
              {hidden > 0 && <Notice>{t('critical.hidden', { count: hidden })}</Notice>}
              {items.length === 0 ? (
                <EmptyState title={t('critical.none')} hint={t('critical.none_hint')} />
              ) : (
                <Register items={items} />
              )}
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

const COLUMNS = [
  'where',
  'patient',
  'finding',
  'found_at',
  'read_back_at',
  'informed',
  'state',
] as const

function Register({ items }: { items: FindingRow[] }) {
  const { t } = useTranslation()
  return (
    <SideScroll label={t('critical.register')}>
      <table className={css.table}>
        <thead>
          <tr>
            {COLUMNS.map((each) => (
              <th key={each} scope="col">
                {t(`critical.${each === 'state' ? 'how_far' : each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <Line key={each.id} row={each} />
          ))}
        </tbody>
      </table>
    </SideScroll>
  )
}

function Line({ row }: { row: FindingRow }) {
  const { t } = useTranslation()
  const { time, moment } = useFormat()
  const { withTitle } = usePeopleWords()
  const { name } = usePatientWords()
  const words = useFindingWords()
  return (
    <tr>
      <td>{words.place(row)}</td>
      <td>
        <b>{name(row.patient)}</b> {row.patient_number}
      </td>
      <td>
        <Link className="target" to={paths.criticalFinding(row.id)}>
          {row.withdrawn_at ? (
            <del>{words.word(row.finding)}</del>
          ) : (
            <b>{words.word(row.finding)}</b>
          )}
        </Link>
        <br />
        {row.withdrawn_at ? <del>{words.value(row)}</del> : words.value(row)}
      </td>
      <td>
        {time(row.found_at)}
        <br />
        <span className="secondary">{withTitle(row.found_by)}</span>
      </td>
      <td>{row.read_back_at ? moment(row.read_back_at) : '—'}</td>
      <td>
        {row.informed_at ? `${row.doctor} ${moment(row.informed_at)}` : '—'}
        {row.action && (
          <>
            <br />
            <span className="secondary">{row.action}</span>
          </>
        )}
      </td>
      <td>
        {row.must_telephone ? t('critical.must_telephone') : t(`critical.state.${row.state}`)}
        {row.withdrawn_at && row.withdrawn_by && (
          <>
            <br />
            <span className="secondary">
              {withTitle(row.withdrawn_by)} {moment(row.withdrawn_at)}
              <br />
              {row.withdrawn_words}
            </span>
          </>
        )}
      </td>
    </tr>
  )
}
