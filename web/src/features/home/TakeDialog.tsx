/** A coordinator who takes a stat consultation says who leads it; where the lead does not come, who leads it instead. */
import { useTranslation } from 'react-i18next'
import ActDialog from '../../consultation/ActDialog'
import { usePerform } from '../../consultation/perform'
import { consultationQuery } from '../../consultation/queries'
import type { Consultation } from '../../consultation/view'
import { Loaded } from '../../kit/Loaded'

type Props = {
  act: 'take' | 'replace_lead'
  id: string
  who: string
  onDone: () => void
  onClose: () => void
}

export default function TakeDialog({ id, ...more }: Props) {
  const { t } = useTranslation()
  return (
    <Loaded query={consultationQuery(id)} what={t('consultation.title')} skeleton={null}>
      {(consultation) => <Asking consultation={consultation} {...more} />}
    </Loaded>
  )
}

type AskingProps = Omit<Props, 'id'> & { consultation: Consultation }

function Asking({ act, consultation, who, onDone, onClose }: AskingProps) {
  const perform = usePerform(consultation, onDone)
  return (
    <ActDialog
      act={act}
      consultation={consultation}
      who={who}
      busy={perform.isPending}
      onDo={(doing) => perform.mutate(doing)}
      onClose={onClose}
    />
  )
}
