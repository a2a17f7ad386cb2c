/** The grade of an over-read that was issued is corrected: another grade, the lines it is about, and why. */
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import css from './branchReport.module.css'
import { GRADES, type Grade, linesOf } from './comparing'
import { correctGrade, type Reading } from './queries'

export function GradeDialog({ reading, onClose }: { reading: Reading; onClose: () => void }) {
  const { t } = useTranslation()
  const { over_read: found, branch_reports, report } = reading
  const theirs = branch_reports.find(({ number }) => number === found?.branch_report)
  const [branch, setBranch] = useState<string[]>(found?.branch_lines ?? [])
  const [hub, setHub] = useState<string[]>(found?.hub_lines ?? [])
  const correcting = useAct({
    run: ({ grade, reason }: { grade: Grade; reason: string }) => {
      const lines = grade === 'agreement' ? {} : { branch_lines: branch, hub_lines: hub }
      return correctGrade(reading, { grade, reason, ...lines })
    },
    changes: { reading: '*' },
    done: t('reading.compare.corrected'),
    onDone: onClose,
  })
  const sides = [
    { label: t('reading.compare.theirs'), of: theirs?.lines ?? [], ticked: branch, set: setBranch },
    {
      label: t('reading.discrepancies.ours'),
      of: linesOf(report?.impression ?? ''),
      ...{ ticked: hub, set: setHub },
    },
  ]
  return (
    <ReasonDialog<Grade>
      title={t('reading.compare.correct')}
      confirm={t('reading.compare.correct_confirm')}
      about={
        <>
          <p className="secondary">{t('reading.compare.correct_about')}</p>
          {sides.map(
            ({ label, of, ticked, set }) =>
              of.length > 0 && (
                <fieldset key={label} className={css.ticks}>
                  <legend>{label}</legend>
                  <Checkbox.Group options={[...new Set(of)]} value={ticked} onChange={set} />
                </fieldset>
              ),
          )}
        </>
      }
      codes={{
        label: t('reading.compare.result'),
        options: GRADES.map((value) => ({ value, label: t(`reading.grade.${value}`) })),
      }}
      words={{ label: t('reading.compare.correct_why'), required: true, max: 500, rows: 3 }}
      refusal={({ codes: [grade], reason }) =>
        grade && reason && (grade === 'agreement' || branch.length + hub.length > 0)
          ? null
          : t('reading.compare.correct_missing')
      }
      busy={correcting.isPending}
      onDo={({ codes: [grade], reason }) => grade && correcting.mutate({ grade, reason })}
      onClose={onClose}
    />
  )
}
