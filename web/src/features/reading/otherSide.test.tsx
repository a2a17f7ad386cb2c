import { render, screen } from '@testing-library/react'
import { beforeAll, expect, it } from 'vitest'
import { ownReport } from '.'
import { OtherSide } from './Preview'

beforeAll(async () => void (await ownReport())) // with its words

it('doubts a request for the side that the images are not of', () => {
  const { rerender } = render(<OtherSide side="left" laterality="R" />)
  expect(screen.getByRole('alert').textContent).toBe('申请的侧别为左，影像上标记的是右，请核对。')
  rerender(<OtherSide side="right" laterality="R" />)
  expect(screen.queryByRole('alert')).toBeNull()
})
