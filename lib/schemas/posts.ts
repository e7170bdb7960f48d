import { z } from 'zod'

export const TITLE_MAX = 200
const CONTENT_MAX = 200_000
const EXCERPT_MAX = 500

const title = z
  .string()
  .trim()
  .min(1, 'Give the post a title.')
  .max(TITLE_MAX, `At most ${TITLE_MAX} characters.`)
const content = z.string().max(CONTENT_MAX, `At most ${CONTENT_MAX} characters.`)
const excerpt = z.string().trim().max(EXCERPT_MAX, `At most ${EXCERPT_MAX} characters.`)
const status = z.enum(['draft', 'published'])

export const newPost = z.strictObject({
  title,
  content,
  excerpt: excerpt.default(''),
  status: status.default('draft'),
  coverUploadId: z.uuid().nullable().default(null),
})
export type NewPost = z.infer<typeof newPost>

/** Any of the writable fields; unknown ones are refused, so that a misspelt one is not silently lost. */
export const postPatch = z
  .strictObject({ title, content, excerpt, status, coverUploadId: z.uuid().nullable() })
  .partial()
export type PostPatch = z.infer<typeof postPatch>

/** The editor's form. An empty version is that of a post not yet saved. */
export const postForm = z.object({
  title,
  content: content.default(''),
  excerpt: excerpt.default(''),
  // An empty choice is none; a form without the field, as of a page that was opened before there was one, changes nothing.
  coverUploadId: z.union([z.uuid(), z.literal('').transform(() => null)]).optional(),
  intent: z.enum(['save', 'publish', 'unpublish', 'preview']).default('save'),
  id: z.union([z.uuid(), z.literal('')]).default(''),
  version: z.coerce.number().int().min(0).default(0),
  attempt: z.string().max(255).default(''),
})

/** Puts an earlier version of a post back, in the place of the current one as the form knew it. */
export const versionForm = z.object({
  id: z.uuid(),
  version: z.coerce.number().int().min(1),
  current: z.coerce.number().int().min(1),
})

export const postListQuery = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  cursor: z.string().max(200).optional(),
  count: z.stringbool().default(false),
  status: z.enum(['draft', 'published', 'all']).default('all'),
  // The one character that the database can't be asked for.
  q: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\0]*$/)
    .default(''),
})
export type PostListQuery = z.infer<typeof postListQuery>

/** A post as every caller sees it. */
export type PostView = {
  id: string
  title: string
  content: string
  excerpt: string
  slug: string
  status: 'draft' | 'published'
  coverUploadId: string | null
  version: number
  createdAt: string
  updatedAt: string
  publishedAt: string | null
}
