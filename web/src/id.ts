/** The one maker of random ids: idempotency keys, rows of a form, messages of a call. `crypto.randomUUID` is
 *  missing on plain http, where a hospital may first look at the product; this is not. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
