/** Shows a sentence when the room refuses something that a person did. */
import { App } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallState } from '../../call'

const WORDS: Record<string, 'view' | 'study' | 'hold'> = {
  'view.set': 'view',
  'present.take': 'study',
  'mod.hold': 'hold',
}

/** Shows each refusal once; not `not_found`, because that person and the button have gone from the page. */
export function useRefusals(problem: CallState['problem']): void {
  const { t } = useTranslation()
  const { message } = App.useApp()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is said once, whatever the language by then
  useEffect(() => {
    if (problem?.code !== 'forbidden') return
    const { act } = problem
    // No message if somebody else has taken over the presentation anyway.
    const word = WORDS[act] ?? (act.startsWith('mod.') ? 'not_lead' : null)
    if (word) void message.error({ key: act, content: t(`room.refused.${word}`), duration: 6 })
  }, [problem])
}
