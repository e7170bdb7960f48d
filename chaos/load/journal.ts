/** What an answer said of a generation, once it had ended. */
export type Outcome = {
  status: 'succeeded' | 'stopped' | 'failed'
  held: number | null
  charged: number
  balance: number | null
  /** Null where the answer does not carry the text, as a failure's. */
  result: string | null
}

/** An answer about a generation. `id` is null where it was refused. */
export type Ack = {
  subject: string
  /** The attempt key it was sent under; null for what was only read or stopped. */
  key: string | null
  body: string
  id: string | null
  http: number
  code: string | null
  /** When the request was sent, in milliseconds: a later refusal of an acknowledged key is a contradiction. */
  sentAt: number
  answeredAt: number
  outcome: Outcome | null
}

/** What one connection saw of a stream, from after the chunk numbered `after`. */
export type Reading = {
  id: string
  after: number
  chunks: { seq: number; text: string }[]
  ended: boolean
  /** When it was asked for, in milliseconds. */
  sentAt: number
}

/** Everything that the load was told by the product, kept to be compared with the database. */
export class Journal {
  readonly acks: Ack[] = []
  readonly readings: Reading[] = []
  readonly posts: { id: string; key: string; subject: string; title: string }[] = []
  readonly grants: { userId: string; ref: string }[] = []
  /** Answers that no fault excuses. */
  readonly surprises: { what: string; detail: string }[] = []
  readonly refusals = new Map<string, number>()
  requests = 0
  /** Requests sent again while things break, and all of them once more when nothing breaks any more. */
  replays = 0
  replaysAtEnd = 0
  /** When nothing broke any more, in milliseconds: from then on every request has its answer. */
  calmSince = Number.POSITIVE_INFINITY
  providerFailures = 0
  /** Streams that were cut under a reader, and how often readers came back to one. */
  cut = 0
  returns = 0
  /** Requests that got no answer: killed, paused or cut under way. */
  unanswered = 0

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1)
  }
}
