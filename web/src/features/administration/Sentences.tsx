/** A ladder as plain sentences, one for each rung. */
import css from './administration.module.css'
import { type Rung, type Shape, whoOf } from './ladder'
import { useLadderWords } from './ladderWords'

export function Sentences({ rungs, shape }: { rungs: readonly Rung[]; shape: Shape }) {
  const words = useLadderWords()
  return (
    <ol className={css.sentences}>
      {rungs.map((rung, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rung is known by its place
        <li key={n}>{words.sentence(rung, whoOf(rung), shape)}</li>
      ))}
    </ol>
  )
}
