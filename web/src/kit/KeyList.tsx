/** Keys and what they do. */
import css from './KeyList.module.css'

export function KeyList({ keys }: { keys: readonly { shown: string; says: string }[] }) {
  return (
    <dl className={css.keys}>
      {keys.map(({ shown, says }) => (
        <div key={shown}>
          <dt>
            <kbd>{shown}</kbd>
          </dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  )
}
