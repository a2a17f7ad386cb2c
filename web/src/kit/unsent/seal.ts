/** Encrypts text with the session's key: AES-GCM for the text, HMAC for the document's name. The key is not stored; at
 *  each sign-in of the account the server derives the same one. */
export type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly data: ArrayBuffer }

export interface Seal {
  name(of: string): Promise<string>
  /** Encrypts; the same `bound` must be given to open it. */
  close(text: string, bound: string): Promise<Sealed>
  /** Decrypts; null if it was encrypted with another key or tampered with. */
  open(sealed: Sealed, bound: string): Promise<string | null>
}

const bytes = (text: string) => new TextEncoder().encode(text)

const unBase64 = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))

const toHex = (found: ArrayBuffer) =>
  Array.from(new Uint8Array(found), (b) => b.toString(16).padStart(2, '0')).join('')

async function keysOf(key: string): Promise<{ text: CryptoKey; name: CryptoKey }> {
  const base = await crypto.subtle.importKey('raw', unBase64(key), 'HKDF', false, ['deriveKey'])
  const how = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: bytes(info),
  })
  const aes = { name: 'AES-GCM', length: 256 }
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  const text = crypto.subtle.deriveKey(how('text'), base, aes, false, ['encrypt', 'decrypt'])
  const name = crypto.subtle.deriveKey(how('name'), base, hmac, false, ['sign'])
  return { text: await text, name: await name }
}

export async function sealOf(key: string): Promise<Seal> {
  const { text: textKey, name: nameKey } = await keysOf(key)
  const how = (iv: Uint8Array<ArrayBuffer>, bound: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: bytes(bound),
  })
  return {
    name: async (of) => toHex(await crypto.subtle.sign('HMAC', nameKey, bytes(of))),
    async close(text, bound) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      return { iv, data: await crypto.subtle.encrypt(how(iv, bound), textKey, bytes(text)) }
    },
    async open({ iv, data }, bound) {
      try {
        const found = await crypto.subtle.decrypt(how(iv, bound), textKey, data)
        return new TextDecoder().decode(found)
      } catch {
        return null
      }
    },
  }
}

/** Without WebCrypto (plain http from another computer): no encryption, so it is only used in memory. */
export const unsealed: Seal = {
  name: async (of) => of,
  close: async (text) => ({ iv: new Uint8Array(), data: bytes(text).buffer }),
  open: async ({ data }) => new TextDecoder().decode(data),
}
