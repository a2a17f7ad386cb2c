/** 试一试: asks the system and says in words what answered and what did not; nothing of a patient. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../kit/Field'
import { useAct } from '../../kit/useAct'
import { type Tried, tryIt } from './queries'
import css from './sources.module.css'

export function TryIt() {
  const { t } = useTranslation()
  const [number, setNumber] = useState('')
  const [tried, setTried] = useState<{ asked: string; came: Tried } | null>(null)
  const ask = useAct({
    run: async () => ({ asked: number.trim(), came: await tryIt(number.trim()) }),
    changes: { source: '*' },
    onDone: setTried,
  })
  const again = () => {
    setTried(null)
    ask.mutate()
  }
  return (
    <div className={css.try}>
      <Field label={t('systems.try_number')} hint={t('systems.try_hint')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={64}
            autoComplete="off"
            value={number}
            onChange={({ target }) => setNumber(target.value)}
            onPressEnter={again}
          />
        )}
      </Field>
      <Button loading={ask.isPending} onClick={again}>
        {t('systems.try')}
      </Button>
      <div role="status" className={css.tried}>
        {tried && <Came {...tried} />}
      </div>
    </div>
  )
}

function Came({ asked, came }: { asked: string; came: Tried }) {
  const { t } = useTranslation()
  const bad = came.parts.filter((part) => part.why)
  const why = (fault: NonNullable<Tried['why']>) => t(`systems.fault.${fault}`)
  return (
    <>
      {bad.length > 0 && <p className="late">{t('systems.tried.partly', { count: bad.length })}</p>}
      {bad.length === 0 && came.parts.length > 0 && (
        <p>{t('systems.tried.connected', { count: came.parts.length, ms: came.milliseconds })}</p>
      )}
      {bad.length > 0 && (
        <ul>
          {bad.map((part) => (
            <li key={part.name}>
              {t(`systems.part.${part.name as 'patient'}`)}
              {part.why && ` · ${why(part.why)}`}
              {part.missing.length > 0 &&
                ` · ${t('systems.tried.missing', { columns: part.missing.join(', ') })}`}
            </li>
          ))}
        </ul>
      )}
      {came.why && <p className="late">{t('systems.tried.failed', { why: why(came.why) })}</p>}
      {asked && !came.why && (
        <p>
          {came.fields === null
            ? t('systems.tried.nobody')
            : t('systems.tried.fields', { count: came.fields })}
        </p>
      )}
    </>
  )
}
