import { render, screen } from '@testing-library/react'
import { act } from 'react'
import { expect, test } from 'vitest'
import { Printed } from './Printed'

test('what is printed stands beside the page while it is printed, and only then', () => {
  render(<Printed>slip</Printed>)
  expect(screen.queryByText('slip')).toBeNull()
  act(() => void dispatchEvent(new Event('beforeprint')))
  expect(screen.getByText('slip').parentElement).toBe(document.body)
  act(() => void dispatchEvent(new Event('afterprint')))
  expect(screen.queryByText('slip')).toBeNull()
})
