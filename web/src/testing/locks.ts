/** Web Locks for tests, of one browser: an exclusive lock is alone, shared ones are together, who asked first is first. */
type Mode = 'exclusive' | 'shared'
type Asked = { name: string; mode: Mode; begin: () => void }
type Options = { mode?: Mode; signal?: AbortSignal; ifAvailable?: boolean }
type Run = (lock: object | null) => unknown

export function fakeLocks() {
  const held = new Set<Asked>()
  let pending: Asked[] = []
  const fits = ({ name, mode }: Asked) =>
    [...held].every((each) => each.name !== name || (each.mode === 'shared' && mode === 'shared'))
  const turn = () => {
    for (const each of pending) {
      if (!fits(each)) continue
      pending = pending.filter((other) => other !== each)
      held.add(each)
      each.begin()
    }
  }
  function request(name: string, ...rest: [Run] | [Options, Run]) {
    const [{ mode = 'exclusive', signal, ifAvailable = false }, run] =
      rest.length === 1 ? [{} as Options, rest[0]] : rest
    if (ifAvailable && !fits({ name, mode, begin: () => undefined }))
      return Promise.resolve(run(null))
    return new Promise((resolve, reject) => {
      const asked: Asked = {
        name,
        mode,
        begin: () =>
          void Promise.resolve(run({ name, mode }))
            .then(resolve, reject)
            .finally(() => {
              held.delete(asked)
              turn()
            }),
      }
      signal?.addEventListener('abort', () => {
        pending = pending.filter((each) => each !== asked)
        reject(signal.reason)
      })
      pending.push(asked)
      turn()
    })
  }
  const query = async () => ({ held: [...held].map(({ name, mode }) => ({ name, mode })) })
  return { request, query } as unknown as LockManager
}
