/** Report templates and phrases of one's department. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import type { Row } from './queries'

export type Template = Schemas['TemplateOut']
export type TemplateIn = Schemas['TemplateIn']
export type Phrase = Schemas['PhraseOut']

export const templatesQuery = queryOptions({
  queryKey: ['report-templates'],
  queryFn: ({ signal }) => body(client.GET('/api/report-templates', { signal })),
  staleTime: 5 * 60_000,
})

export const versionsQuery = (key: string) =>
  queryOptions({
    queryKey: ['report-templates', key],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/report-templates/{key}/versions', { params: { path: { key } }, signal }),
      ),
  })

const of = ({ key, number }: Template) => ({
  params: { path: { key }, header: ifMatch(number) },
})

export const saveTemplate = (before: Template | null, said: TemplateIn) =>
  before
    ? body(client.PUT('/api/report-templates/{key}', { ...of(before), body: said }))
    : body(client.POST('/api/report-templates', { body: said }))

export const retireTemplate = (template: Template) =>
  body(client.POST('/api/report-templates/{key}/retire', of(template)))

export const keepPhrase = (text: string) =>
  body(client.POST('/api/report-phrases', { body: { text } }))

export const dropPhrase = (id: string) =>
  body(client.DELETE('/api/report-phrases/{id}', { params: { path: { id } } }))

export const markOf = ({ key, number }: Template): string => `${key}/${number}`

/** Radiography has several names for what one template serves. */
const same = (one: string, other: string) =>
  one === other || [one, other].every((each) => ['CR', 'DX'].includes(each))

/** Those in use, the ones for this study first: of its modality and part, then of its modality. */
export function inOrder(templates: Template[], { modality, part }: Pick<Row, 'modality' | 'part'>) {
  const rank = (each: Template) =>
    Number(!same(each.modality, modality)) * 2 + Number(each.part !== part)
  const used = templates.filter(({ retired }) => !retired)
  const sorted = [...used].sort((a, b) => rank(a) - rank(b))
  const first = sorted[0]
  return { sorted, fits: first && rank(first) === 0 ? first : null }
}
