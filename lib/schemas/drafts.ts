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

/** The same with whose it is: by now, somebody else may be logged in where it was typed. */
export const keptDraftOf = keptDraft.extend({ userId: z.uuid() })
export type KeptDraftOf = z.infer<typeof keptDraftOf>

/** What a form knows of the row that its text is kept in. */
export type DraftMark = Pick<KeptDraft, 'id' | 'revision' | 'sitting'>

/** As a field of a form: `id.revision.sitting`. */
export function draftMarkOf({ id, revision, sitting }: DraftMark): string {
  return `${id}.${revision}.${sitting}`
}

/** Null for none, as for the one that a form of an earlier version of Inkwell has. */
export const draftMark = z
  .string()
  .max(255)
  .default('')
  .transform((field): DraftMark | null => {
    const [id, revision, sitting] = field.split('.')
    return markFields.safeParse({ id, revision, sitting }).data ?? null
  })

const markFields = z.object({ id: z.uuid(), revision: z.coerce.number().int().min(0), sitting: z.uuid() })

export const draftForm = z.object({ draft: draftMark, post: z.union([z.uuid(), z.literal('')]).default('') })
