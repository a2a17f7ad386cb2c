/** 导入: choose a workbook, see what it would change, import its faultless rows, get the faulty ones back. */
import { CheckOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { asProblem, Problem } from '../../api/problem'
import { useSession } from '../../api/session'
import { language } from '../../i18n'
import { AdminTabs } from '../../kit/AdminTabs'
import { ErrorState } from '../../kit/ErrorState'
import { NotFound } from '../../kit/PageError'
import { PageHead } from '../../kit/PageHead'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import { Check } from './Check'
import { Choose } from './Choose'
import { Done } from './Done'
import css from './imports.module.css'
import { useKinds } from './Kinds'
import { type Checked, checkFile, type Fix, importFile, KINDS, type Kind } from './queries'

const STEPS = ['choose', 'check', 'done'] as const

export function Component() {
  const { kind } = useParams()
  const offered = useKinds()
  const known = KINDS.find((each) => each === kind)
  if (!known) return <NotFound />
  return offered.includes(known) ? <Page key={known} kind={known} /> : <Refused kind={known} />
}

/** Said at once, not when a file has been chosen. */
function Refused({ kind }: { kind: Kind }) {
  const { t } = useTranslation()
  const what = t('imports.title', { what: t(`imports.kinds.${kind}`) })
  const error = new Problem(403, { code: 'not_allowed' })
  return (
    <>
      <PageHead title={what} />
      <ErrorState error={error} what={what} onRetry={() => undefined} />
    </>
  )
}

type Chosen = { file: File; fixes: readonly Fix[]; checked: Checked }

function Page({ kind }: { kind: Kind }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [refused, setRefused] = useState<Problem | null>(null)
  const check = useAct({
    run: async ({ file, fixes }: { file: File; fixes: readonly Fix[] }) => ({
      file,
      fixes,
      checked: await checkFile(kind, file, fixes, language()),
    }),
    onDone: (found) => {
      setRefused(null)
      setChosen(found)
    },
    onProblem: (problem) => {
      if (asProblem(problem).extra.reason !== 'unimportable') return false
      setChosen(null)
      setRefused(problem)
      return true
    },
  })
  const run = useAct({
    run: ({ file, fixes }: Chosen) => importFile(kind, file, fixes, language()),
    changes: { session: '*', work: '*', workday: '*', booking: '*', roster: '*' },
    onDone: (checked) => setChosen((now) => now && { ...now, checked }),
  })
  const step = chosen === null ? 0 : chosen.checked.done ? 2 : 1
  const again = () => {
    setChosen(null)
    setRefused(null)
  }
  const count = chosen && Object.values(chosen.checked.counts).reduce((sum, each) => sum + each, 0)
  return (
    <>
      <PageHead
        title={t('imports.title', { what: t(`imports.kinds.${kind}`) })}
        note={
          chosen
            ? t('imports.about', {
                hospital: hospital(actor.hospital_id),
                file: chosen.file.name,
                rows: String(count),
              })
            : hospital(actor.hospital_id)
        }
        actions={<Steps at={step} />}
      >
        {step === 0 && <AdminTabs />}
      </PageHead>
      {chosen === null && (
        <Choose
          kind={kind}
          refused={refused}
          busy={check.isPending}
          onFile={(file) => check.mutate({ file, fixes: [] })}
        />
      )}
      {chosen !== null && !chosen.checked.done && (
        <Check
          kind={kind}
          {...chosen}
          busy={check.isPending || run.isPending}
          onFix={(fix) => check.mutate({ file: chosen.file, fixes: [...chosen.fixes, fix] })}
          onRun={() => run.mutate(chosen)}
          onAgain={again}
        />
      )}
      {chosen?.checked.done && <Done kind={kind} {...chosen} onAgain={again} />}
    </>
  )
}

function Steps({ at }: { at: number }) {
  const { t } = useTranslation()
  return (
    <ol className={css.steps} aria-label={t('imports.steps')}>
      {STEPS.map((each, n) => (
        <li
          key={each}
          className={n < at ? css.past : n === at ? css.now : ''}
          aria-current={n === at ? 'step' : undefined}
        >
          <span className={css.step}>{n < at ? <CheckOutlined aria-hidden /> : n + 1}</span>
          {t(`imports.step.${each}`)}
        </li>
      ))}
    </ol>
  )
}
