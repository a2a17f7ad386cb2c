/** What the room refuses of what a person did, said in words. */
import { App } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallState } from '../../call'

const WORDS: Record<string, 'view' | 'study' | 'hold'> = {
  'view.set': 'view',
  'present.take': 'study',
  'mod.hold': 'hold',
}

/** Whoever is no longer found has gone from the page as well, and with them the button. */
export function useRefusals(problem: CallState['problem']): void {
  const { t } = useTranslation()
  const { message } = App.useApp()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is said once, whatever the language by then
  useEffect(() => {
    if (problem?.code !== 'forbidden') return
    const { act } = problem
    // A presentation that somebody else has taken meanwhile needs no giving back.
    const word = WORDS[act] ?? (act.startsWith('mod.') ? 'not_lead' : null)
    if (word) void message.error({ key: act, content: t(`room.refused.${word}`), duration: 6 })
  }, [problem])
}
