/** The three parts of a note. */
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../kit/Field'
import { Dictate } from '../dictation/Dictate'
import { PARTS, type Text, textOf } from './queries'

const LONGEST = 4000

type Props = { of: Text; onType: (part: (typeof PARTS)[number], text: string) => void }

export function Fields({ of, onType }: Props) {
  const { t } = useTranslation()
  const text = textOf(of)
  return PARTS.map((part) => (
    <Field key={part} label={t(`rounds_notes.part.${part}`)} required={part !== 'plan'}>
      {(field) => (
        <>
          <Input.TextArea
            {...field}
            autoSize={{ minRows: 2, maxRows: 12 }}
            maxLength={LONGEST}
            value={text[part]}
            onChange={(event) => onType(part, event.target.value)}
          />
          <Dictate
            what={t(`rounds_notes.part.${part}`)}
            onSaid={(said) => onType(part, (text[part] + said).slice(0, LONGEST))}
          />
        </>
      )}
    </Field>
  ))
}
