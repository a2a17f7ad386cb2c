/** Which rows of the hospital's calendar one has chosen to see; remembered in this browser. Empty: all of them. */
import { useState } from 'react'

const keyOf = (person: string) => `calendar-rows/${person}`

const remembered = (key: string): string[] => {
  try {
    return window.localStorage.getItem(key)?.split(',').filter(Boolean) ?? []
  } catch {
    return [] // the browser forbids to store anything
  }
}

export function useRows(person: string) {
  const key = keyOf(person)
  const [chosen, setChosen] = useState(() => remembered(key))
  const choose = (rows: string[]) => {
    setChosen(rows)
    try {
      window.localStorage.setItem(key, rows.join(','))
    } catch {
      // it holds until the page is left
    }
  }
  return { chosen, choose }
}
