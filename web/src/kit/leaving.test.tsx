import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate } from 'react-router'
import { expect, test } from 'vitest'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { Leaving } from './Leaving'

/** A page with a report and marks, each saved on its own. */
function Page() {
  const [report, setReport] = useState(true)
  const [marks, setMarks] = useState(true)
  return (
    <>
      <Leaving unsaved={report} />
      <Leaving unsaved={marks} scope="page" />
      <button type="button" onClick={() => setReport(false)}>
        save the report
      </button>
      <button type="button" onClick={() => setMarks(false)}>
        save the marks
      </button>
    </>
  )
}

/** Somebody types, and leaves within the same moment: a quick hand, or a busy machine. */
function Quick() {
  const [typed, setTyped] = useState(false)
  const navigate = useNavigate()
  const type = () => {
    flushSync(() => setTyped(true))
    void navigate('/elsewhere')
  }
  return (
    <>
      <Leaving unsaved={typed} />
      <button type="button" onClick={type}>
        type and leave
      </button>
    </>
  )
}

const open = (page = Page) =>
  openPage({
    path: '/desk',
    at: '/desk',
    page,
    session: session('administrator'),
    answers: {},
  })
const press = async ({ user }: ReturnType<typeof open>, name: string) =>
  user.click(await screen.findByRole('button', { name }))
const asked = () => screen.findByText('还有未保存的改动')
const reloadAsks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))

test.each([
  ['save the report', 'save the marks'],
  ['save the marks', 'save the report'],
])('of two parts one question is asked, until both are saved: first %s', async (first, second) => {
  const page = open()
  await screen.findByRole('button', { name: first })
  void page.router.navigate('/elsewhere')
  await asked()
  await press(page, '留在这里')
  await press(page, first)
  void page.router.navigate('/elsewhere')
  await asked()
  await press(page, '留在这里')
  expect(page.router.state.location.pathname).toBe('/desk')
  expect(reloadAsks()).toBe(true)
  await press(page, second)
  expect(reloadAsks()).toBe(false)
  void page.router.navigate('/elsewhere')
  await waitFor(() => expect(page.router.state.location.pathname).toBe('/elsewhere'))
})

test('who leaves all the same is not asked again', async () => {
  const page = open()
  await screen.findByRole('button', { name: 'save the report' })
  void page.router.navigate('/elsewhere')
  await asked()
  await press(page, '不保存并离开')
  await waitFor(() => expect(page.router.state.location.pathname).toBe('/elsewhere'))
  expect(reloadAsks()).toBe(false)
})

test('other parameters of the page leave the report behind, and not the marks', async () => {
  const page = open()
  await screen.findByRole('button', { name: 'save the report' })
  void page.router.navigate('/desk?tab=chat')
  await asked()
  await press(page, '留在这里')
  await press(page, 'save the report')
  await page.router.navigate('/desk?tab=chat')
  await waitFor(() => expect(page.router.state.location.search).toBe('?tab=chat'))
  expect(screen.queryByText('还有未保存的改动')).toBeNull()
})

test('what was typed in the moment before leaving is asked about', async () => {
  const page = open(Quick)
  await press(page, 'type and leave')
  await asked()
  expect(page.router.state.location.pathname).toBe('/desk')
})

test('what is saved while the question stands takes it away', async () => {
  const page = open()
  await screen.findByRole('button', { name: 'save the report' })
  void page.router.navigate('/elsewhere')
  await asked()
  fireEvent.click(screen.getByText('save the report'))
  fireEvent.click(screen.getByText('save the marks'))
  await waitFor(() => expect(screen.queryByText('还有未保存的改动')).toBeNull())
  expect(page.router.state.location.pathname).toBe('/desk')
})
