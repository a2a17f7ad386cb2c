/** A coordinator who takes a stat consultation says who leads it. */
import { useTranslation } from 'react-i18next'
import ActDialog from '../../consultation/ActDialog'
import { usePerform } from '../../consultation/perform'
import { consultationQuery } from '../../consultation/queries'
import type { Consultation } from '../../consultation/view'
import { Loaded } from '../../kit/Loaded'

type Props = { id: string; who: string; onDone: () => void; onClose: () => void }

export default function TakeDialog({ id, ...more }: Props) {
  const { t } = useTranslation()
  return (
    <Loaded query={consultationQuery(id)} what={t('consultation.title')} skeleton={null}>
      {(consultation) => <Asking consultation={consultation} {...more} />}
    </Loaded>
  )
}

type AskingProps = Omit<Props, 'id'> & { consultation: Consultation }

function Asking({ consultation, who, onDone, onClose }: AskingProps) {
  const perform = usePerform(consultation, onDone)
  return (
    <ActDialog
      act="take"
      consultation={consultation}
      who={who}
      busy={perform.isPending}
      onDo={(doing) => perform.mutate(doing)}
      onClose={onClose}
    />
  )
}
