/** Keys of the whole page. */

export const isTyping = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** Whether nothing else has the keys: an open window, or what has answered this one already. */
export const isOurs = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented && document.querySelector('[role="dialog"], [data-rings-whole]') === null

/** The same for a key that is a letter where somebody types. */
export const freeFor = (event: KeyboardEvent): boolean => isOurs(event) && !isTyping(event.target)
