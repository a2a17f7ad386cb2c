/** Choosing in a list of Ant Design as a person does, and what is chosen there. */
import { screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'

const boxOf = (name: string) => screen.getByRole('combobox', { name: new RegExp(name) })

/** `option`: its whole title. Lists that were open before stay in the document, so the last one is meant. */
export async function choose(user: UserEvent, box: string, option: string | RegExp): Promise<void> {
  await user.click(boxOf(box))
  const wanted = (await screen.findAllByTitle(option)).at(-1) as HTMLElement
  // While a list unfolds or folds, nothing in it can be pressed: user-event then refuses, before it has pressed.
  await waitFor(() => user.click(wanted))
}

export const chosenIn = (box: string): string | null | undefined =>
  boxOf(box).closest('[title]')?.getAttribute('title')
