import { z } from 'zod'
import { draftMark } from '@/lib/schemas/drafts'
import { flag } from '@/lib/schemas/flag'
import { paging } from '@/lib/schemas/paging'
import { atMost } from '@/lib/schemas/text'
import { altText, type UploadDescription } from '@/lib/schemas/uploads'

export const TITLE_MAX = 200
export const CONTENT_MAX = 200_000
export const EXCERPT_MAX = 500

const title = atMost(TITLE_MAX, z.string().trim().min(1, 'Give the post a title.')).describe(
  'Plain text, one line.',
)
const content = atMost(CONTENT_MAX, z.string()).describe(
  'Markdown: CommonMark with GitHub’s tables, task lists, strikethrough and footnotes.',
)
const excerpt = atMost(EXCERPT_MAX, z.string().trim()).describe('What lists and feeds say of it; plain text.')
const status = z.enum(['draft', 'published']).describe('Drafts are seen by their author alone.')
const coverUploadId = z
  .uuid()
  .nullable()
  .describe(
    'An upload of the author’s own, shown above the text. Send what it shows, as `alt`, with the upload; what is scheduled takes no cover without.',
  )

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

/** What the dashboard may say of a post beyond what the API takes; what is left out stays as it is. */
export type PostExtras = {
  /** As typed. */
  tags?: string[] | undefined
  /** Empty: made of the title. */
  slug?: string | undefined
  /** When a draft is to be published by itself; null: not at all. */
  publishAt?: Date | null | undefined
  /** What one of the author's uploads, as the cover, is said to show from now on. It is stored with the post, or not at all. */
  described?: UploadDescription | undefined
}

/** Longer than what is made of a title, to which a few characters are added where it is taken. */
export const SLUG_MAX = 100

const slug = z
  .string()
  .trim()
  .toLowerCase()
  .max(SLUG_MAX, `At most ${SLUG_MAX} characters.`)
  .regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, 'Letters from a to z, digits, and hyphens between them.')

/** A wall clock's time, as a field of type `datetime-local` sends it. */
const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/

/** Those that generate save what was typed first; `editorRequest` says what they ask for. */
const intent = z
  .enum([
    ...(['save', 'publish', 'unpublish', 'schedule', 'unschedule', 'preview', 'merge'] as const),
    ...(['generate-draft', 'generate-rewrite', 'generate-summarize', 'generate-titles'] as const),
  ])
  .default('save')

/** The title of a post that was begun by asking the model. */
export const UNTITLED = 'Untitled'

/** The editor's form. An empty version is that of a post not yet saved. */
const postFields = z.object({
  title,
  content: content.default(''),
  excerpt: excerpt.default(''),
  // An empty choice is none; a form without the field, as of a page that was opened before there was one, changes nothing.
  coverUploadId: z.union([z.uuid(), z.literal('').transform(() => null)]).optional(),
  // What the cover shows, and what the form began with: left as it was, it may be of the cover before.
  coverAlt: altText.optional(),
  coverAltBefore: z.string().default(''),
  tags: z
    .string()
    .max(1_000, 'At most 1000 characters.')
    .transform((typed) => typed.split(','))
    .optional(),
  slug: slug.optional(),
  publishAt: z.string().trim().default(''),
  // How many minutes UTC is ahead of the writer's zone then. Without JavaScript nobody can tell, and the time is UTC.
  publishOffset: z.coerce.number().int().min(-1_440).max(1_440).default(0),
  intent,
  id: z.union([z.uuid(), z.literal('')]).default(''),
  version: z.coerce.number().int().min(0).default(0),
  // The version that the text was made from, also after the form was told of a newer one.
  base: z.coerce.number().int().min(0).default(0),
  // What the form knows of whether the post is public; a form of an earlier version of Inkwell does not say.
  statusBefore: z.union([status, z.literal('')]).default(''),
  attempt: z.string().max(255).default(''),
  // What was kept of it while it was typed, and is not needed once it is saved.
  draft: draftMark,
})

export const postForm = z.preprocess(withTitle, postFields).transform(withPublishTime)
export type PostForm = z.infer<typeof postForm>

/** Whoever asks for titles, or for a draft, need not have a title yet. */
function withTitle(form: unknown): unknown {
  const asked = z.object({ intent: z.string().startsWith('generate-'), title: z.string() }).safeParse(form)
  const untitled = asked.success && asked.data.title.trim() === ''
  return untitled ? { ...Object(form), title: UNTITLED } : form
}

/** Only **Schedule** asks for the time that stands in the form, so only then it must be one. */
function withPublishTime<Form extends { intent: string; publishAt: string; publishOffset: number }>(
  form: Form,
  { issues }: z.core.ParsePayload,
): Omit<Form, 'publishAt' | 'publishOffset'> & { publishAt: Date | null } {
  const { publishAt, publishOffset, ...rest } = form
  if (form.intent !== 'schedule') return { ...rest, publishAt: null }
  const time = WALL_TIME.test(publishAt) ? Date.parse(`${publishAt}Z`) + publishOffset * 60_000 : Number.NaN
  if (!Number.isNaN(time)) return { ...rest, publishAt: new Date(time) }
  const message = publishAt ? 'This is no date and time.' : 'Say when it is to be published.'
  issues.push({ code: 'custom', path: ['publishAt'], message, input: publishAt })
  return { ...rest, publishAt: null }
}

/** What the editor asks to see as readers will. */
export const markdownInput = z.strictObject({ content })

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
    slug: z
      .string()
      .describe(
        'Its address on the public site: `/posts/{slug}`. It stays once published, unless its author changes it; the former one leads on to it then.',
      ),
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
