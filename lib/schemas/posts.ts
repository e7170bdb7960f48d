import { z } from 'zod'
import { flag } from '@/lib/schemas/flag'
import { paging } from '@/lib/schemas/paging'
import { atMost } from '@/lib/schemas/text'

export const TITLE_MAX = 200
const CONTENT_MAX = 200_000
const EXCERPT_MAX = 500

const title = atMost(TITLE_MAX, z.string().trim().min(1, 'Give the post a title.')).describe(
  'Plain text, one line.',
)
const content = atMost(CONTENT_MAX, z.string()).describe(
  'Markdown: CommonMark with GitHub’s tables, task lists, strikethrough and footnotes.',
)
const excerpt = atMost(EXCERPT_MAX, z.string().trim()).describe('What lists and feeds say of it; plain text.')
const status = z.enum(['draft', 'published']).describe('Drafts are seen by their author alone.')
const coverUploadId = z.uuid().nullable().describe('An upload of the author’s own, shown above the text.')

export const newPost = z
  .strictObject({
    title,
    content,
    excerpt: excerpt.default(''),
    status: status.default('draft').describe('`draft` if left out: seen by its author alone.'),
    coverUploadId: coverUploadId.default(null),
  })
  .meta({ id: 'NewPost' })
export type NewPost = z.infer<typeof newPost>

/** Any of the writable fields; unknown ones are refused, so that a misspelt one is not silently lost. */
export const postPatch = z
  .strictObject({ title, content, excerpt, status, coverUploadId })
  .partial()
  .meta({ id: 'PostPatch', description: 'What is to change; what is left out stays as it is.' })
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
  ...paging('posts'),
  count: flag.describe('Whether to count every match into `total`, which costs time in long lists.'),
  status: z
    .enum(['draft', 'published', 'all'])
    .default('all')
    .describe('Which of the caller’s posts. Without credentials, published ones are listed in any case.'),
  // The one character that the database can't be asked for.
  q: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\0]*$/)
    .default('')
    .describe(
      'Words to search for in titles, excerpts and contents: `lamp -oil`, `"light house"`, `lamp or oil`.',
    ),
})
export type PostListQuery = z.infer<typeof postListQuery>

/** A post as every caller sees it. */
export const post = z
  .object({
    id: z.uuid(),
    title: z.string(),
    content: z.string().describe('Markdown: CommonMark with GFM.'),
    excerpt: z.string().describe('Empty if it has none.'),
    slug: z.string().describe('Its address on the public site: `/posts/{slug}`. It stays once published.'),
    status,
    coverUploadId: z.uuid().nullable(),
    version: z.int().min(1).describe('Counts the saves. `ETag` tells the same.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable().describe('When it was first published; null until then.'),
  })
  .meta({ id: 'Post' })
export type PostView = z.infer<typeof post>

/** One page of posts, newest first. */
export const postList = z
  .object({
    posts: z.array(post),
    page: z.int().min(1),
    limit: z.int().min(1),
    nextCursor: z.string().nullable().describe('Where the next page begins; null on the last one.'),
    total: z.int().min(0).optional().describe('How many posts match, if `count` asked for it.'),
  })
  .meta({ id: 'PostList' })
