import { z } from 'zod'

/** The fields of the editor that are kept while they are typed in. */
export const DRAFT_FIELDS = [
  'title',
  'content',
  'excerpt',
  'coverUploadId',
  'coverAlt',
  'tags',
  'slug',
  'publishAt',
  'publishOffset',
] as const

/** As they were typed, right or wrong: a draft is no post yet. */
const draftFields = z.partialRecord(z.enum(DRAFT_FIELDS), z.string())
export type DraftFields = z.infer<typeof draftFields>

/** What an editor sends to be kept. */
export const keptDraft = z.strictObject({
  id: z.uuid(),
  /** The sitting in which it was typed: one page, opened once. */
  sitting: z.uuid(),
  /** The revision that the sitting began with; 0 for none. */
  revision: z.int().min(0),
  postId: z.uuid().nullable(),
  /** The version of the post that the text was made from; 0 for a new one. */
  base: z.int().min(0),
  fields: draftFields,
})
export type KeptDraft = z.infer<typeof keptDraft>

export const draftForm = z.object({ id: z.uuid() })
