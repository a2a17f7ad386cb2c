/** Stand-in in the shape openapi-typescript writes, until the server's document is generated. */
export interface paths {
  '/api/session': {
    get: { responses: { 200: Json<Schemas['Session']>; default: ProblemJson } }
    post: {
      requestBody: { content: { 'application/json': Schemas['SignIn'] } }
      responses: { 200: Json<Schemas['Session']>; default: ProblemJson }
    }
    delete: { responses: { 204: { headers: Headers_; content?: never }; default: ProblemJson } }
  }
}
type Headers_ = { [name: string]: unknown }
type Json<T> = { headers: Headers_; content: { 'application/json': T } }
type ProblemJson = { headers: Headers_; content: { 'application/problem+json': Schemas['Problem'] } }
type Schemas = components['schemas']
export interface components {
  schemas: {
    Problem: { type: string; title: string; status: number; code: string; detail: string; instance: string }
    SignIn: { username: string; password: string }
    Actor: { id: string; name: string; title: string; department: string; hospital: string }
    Session: {
      actor: Schemas['Actor'] | null
      hospitals: { id: string; name: string }[]
      roles: string[]
      server_time: string
      signaling_url: string
      dicomweb_url: string
      imaging_url: string
      demo: boolean
    }
  }
}
