/** The kinds of mark by name, which are tools of the viewer too. */
export const MARK_KINDS = [
  'length',
  'probe',
  'ellipse',
  'rectangle',
  'polygon',
  'angle',
  'cobb',
  'arrow',
] as const
export type MarkKind = (typeof MARK_KINDS)[number]

export const isMarkKind = (tool: string): tool is MarkKind =>
  (MARK_KINDS as readonly string[]).includes(tool)
