/** The words of the sign-in page, and those that every page needs. */
import { common } from './common'
import { problem } from './problem'
import { signin } from './signin'

export const first = { ...common, problem, signin }
