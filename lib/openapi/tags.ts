/** What the calls are about; the order is that of the document and of the reference. */
export const TAGS = {
  Posts: 'Write and publish. `content` is Markdown.',
  Uploads: 'Pictures, as covers of posts or wherever you want to show them.',
  Generate: 'Let a model write, with the price known before and what was not delivered not paid.',
  Usage: 'What there is to spend, what was spent, and what for.',
  Account: 'Who is calling.',
  Service: 'About the service itself. No credentials are needed, and none are looked at.',
} as const

export type Tag = keyof typeof TAGS
