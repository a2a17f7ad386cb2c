import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { TopBar } from './TopBar'

const lit = async (at: string) => {
  openPage({ ...{ path: at, at, page: TopBar, session: session('expert') }, answers: {} })
  const links = await screen.findAllByRole('link', { current: 'page' })
  return links.map((each) => each.textContent)
}

test.each(['/on-duty', '/duty'])('at %s the way to who is on duty is lit', async (at) => {
  expect(await lit(at)).toEqual(['值班'])
})

test('at a ward’s board the way to rounds is lit, and leads to them', async () => {
  expect(await lit('/wards/w1/board')).toEqual(['查房'])
  expect(screen.getByRole('link', { name: '查房' }).getAttribute('href')).toBe('/rounds')
})
