/** Choosing in a list of Ant Design as a person does, and what is chosen there. */
import { screen } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'

const boxOf = (name: string) => screen.getByRole('combobox', { name: new RegExp(name) })

/** `option`: its whole title. Lists that were open before stay in the document, so the last one is meant. */
export async function choose(user: UserEvent, box: string, option: string | RegExp): Promise<void> {
  await user.click(boxOf(box))
  await user.click((await screen.findAllByTitle(option)).at(-1) as HTMLElement)
}

export const chosenIn = (box: string): string | null | undefined =>
  boxOf(box).closest('[title]')?.getAttribute('title')
