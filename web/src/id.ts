/** Makes all random ids: idempotency keys, rows of a form, messages of a call. Works on plain http, where
 *  `crypto.randomUUID` is missing and a hospital may first try the product. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
