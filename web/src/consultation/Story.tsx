/** The request in reading order: question, summary, measures, treatment, and the rest. */
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format'
import { useVitalWords } from '../kit/vitals'
import { Measures } from './Measures'
import { paragraphs, questions, type RequestRead } from './request'
import css from './Story.module.css'

export function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={css.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className={css.body}>{children}</div>
    </section>
  )
}

function Paragraphs({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation()
  return paragraphs(text).map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one text have no other identity
    <p key={i}>
      {label && i === 0 && <b>{t('state.labelled', { label })}</b>}
      {line}
    </p>
  ))
}

/** The parts of the request; empty ones are left out, except the question. */
export function RequestParts({ request }: { request: RequestRead }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const vital = useVitalWords()
  const asked = questions(request.purpose)
  const { diagnosis, history, past_history, examination } = request
  return (
    <>
      <Part title={t('consultation.purpose')}>
        {asked.length > 1 ? (
          <ol className={css.questions}>
            {asked.map((question, i) => (
              <li key={question}>
                {i + 1}. {question}
              </li>
            ))}
          </ol>
        ) : (
          <p className={css.questions}>{asked[0] ?? t('consultation.not_given')}</p>
        )}
      </Part>
      {(diagnosis || history || past_history || examination) && (
        <Part title={t('consultation.summary')}>
          <Paragraphs text={history} />
          <Paragraphs text={past_history} label={t('consultation.past')} />
          <Paragraphs text={examination} label={t('consultation.examination')} />
          <Paragraphs text={diagnosis} label={t('consultation.diagnosis')} />
        </Part>
      )}
      {request.vitals.length > 0 && (
        <Part title={t('consultation.vitals')}>
          <Measures
            measures={request.vitals.map(vital)}
            note={
              request.vitals_at && t('consultation.measured', { at: moment(request.vitals_at) })
            }
          />
        </Part>
      )}
      {request.tests.length > 0 && (
        <Part title={t('consultation.tests')}>
          <Measures
            measures={request.tests}
            note={request.tests_at && t('consultation.tested', { at: moment(request.tests_at) })}
          />
        </Part>
      )}
      {(request.treatment || request.medicines) && (
        <Part title={t('consultation.treatment')}>
          <Paragraphs text={request.treatment} />
          <Paragraphs text={request.medicines} label={t('consultation.medicines')} />
        </Part>
      )}
    </>
  )
}

export function Story({ children }: { children: ReactNode }) {
  return <div className={css.story}>{children}</div>
}
