/** 请影像科阅片: a study of the consultation, with the question that the consultation asks to begin with. */
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useAct } from '../../kit/useAct'
import { forAnother, type Part, type Wanted, WantedFields } from './AskFields'

type Props = { consultation: string; from: Schemas['ConsultationReadings']; onClose: () => void }

/** The default: it is loaded when somebody asks. */
export default function AskInConsultation({ consultation: id, from, onClose }: Props) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const [picked, setPicked] = useState(from.studies[0]?.study_uid ?? '')
  const [said, setSaid] = useState<Partial<Wanted>>({})
  const study = from.studies.find(({ study_uid }) => study_uid === picked)
  const wanted: Wanted = {
    ...{ purpose: 'primary', urgency: from.urgency, question: from.question },
    ...{ history: '', part: study?.part ?? null, side: study?.side ?? 'none' },
    ...said,
  }
  const { urgency, part, side, question } = wanted
  const send = useAct({
    run: (part: Part) =>
      body(
        client.POST('/api/consultations/{id}/readings', {
          params: { path: { id } },
          body: { study_uid: picked, urgency, part, side: side ?? 'none', question },
        }),
      ),
    changes: { reading: '*' },
    done: t('reading.asked_in_consultation'),
    onDone: onClose,
  })
  const refusal = () => {
    if (!question.trim()) return t('reading.ask_question_missing')
    return part ? null : t('reading.ask_part_missing')
  }
  return (
    <Dialog
      title={t('reading.ask_in_consultation')}
      confirm={t('reading.ask_send')}
      busy={send.isPending}
      refusal={refusal()}
      onConfirm={() => part && send.mutate(part)}
      onClose={onClose}
    >
      <Field label={t('reading.ask_study')} required>
        {(ids) => (
          <Select
            {...ids}
            value={picked}
            options={from.studies.map(({ study_uid, modalities, description, taken_at }) => ({
              value: study_uid,
              label: [modalities.join('/'), description, taken_at && moment(taken_at)]
                .filter(Boolean)
                .join(' '),
            }))}
            onChange={(uid) => {
              setPicked(uid)
              setSaid(forAnother)
            }}
          />
        )}
      </Field>
      <WantedFields
        brief
        wanted={wanted}
        onSet={(some) => setSaid((old) => ({ ...old, ...some }))}
      />
      <p className="secondary small">{t('reading.ask_with_request')}</p>
    </Dialog>
  )
}
