/** What the room refuses of what a person did, said in words; what goes on by itself is refused in silence. */
import { App } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallState } from '../../call'

/** All are `forbidden`, and so is what a page sends by itself just when somebody else presents or a seat changes:
 *  only the sentence tells them apart (signaling/room.py, moderation.py, stage.py). Whoever is no longer found has
 *  gone from the page as well, and with them the button. */
export const REFUSALS = {
  'Only who may admit may do this.': 'not_lead',
  'A lead is not asked to wait.': 'lead_waits',
  'The accompanying physician says who else is in view.': 'view',
  'This study is not yours to show.': 'study',
} as const

const isKnown = (msg: string): msg is keyof typeof REFUSALS => msg in REFUSALS

export function useRefusals(problem: CallState['problem']): void {
  const { t } = useTranslation()
  const { message } = App.useApp()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is said once, whatever the language by then
  useEffect(() => {
    if (problem?.code !== 'forbidden' || !isKnown(problem.msg)) return
    const content = t(`room.refused.${REFUSALS[problem.msg]}`)
    void message.error({ key: problem.msg, content, duration: 6 })
  }, [problem])
}
