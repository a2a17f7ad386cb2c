/** A page of rounds in a test, with its words. */
import { queryClient } from '../../api/queries'
import { changeLanguage, withWords } from '../../i18n'
import { WORDS } from './roundsWords'

export async function withRoundWords(): Promise<void> {
  await withWords(WORDS, Promise.resolve())
}

/** As the first test finds it. */
export function afresh(): void {
  changeLanguage('zh-CN')
  queryClient.clear()
}

export const bodiesOf = (asked: readonly Request[], end: string): Promise<unknown[]> =>
  Promise.all(
    asked
      .filter(({ method, url }) => method !== 'GET' && url.endsWith(end))
      .map((each) => each.clone().json()),
  )
