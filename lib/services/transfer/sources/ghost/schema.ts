import { z } from 'zod'

/** What is read of an export of Ghost (1 to 6); the rest of it is settings, members and statistics. */
const text = z.string().nullish()

/** Ghost writes so what it serves as its own address: here, what belongs to the site begins with a slash. */
const linked = text.transform((typed) => typed?.replace(/__GHOST_URL__(\\?\/)?/g, '/'))

export const ghostPost = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  uuid: text,
  title: text,
  slug: text,
  html: linked,
  lexical: linked,
  mobiledoc: linked,
  feature_image: linked,
  type: text,
  /** Of exports before Ghost 3. */
  page: z.union([z.boolean(), z.number()]).nullish(),
  status: text,
  visibility: text,
  created_at: z.union([z.string(), z.number()]).nullish(),
  updated_at: z.union([z.string(), z.number()]).nullish(),
  published_at: z.union([z.string(), z.number()]).nullish(),
  custom_excerpt: text,
  codeinjection_head: linked,
  codeinjection_foot: linked,
  canonical_url: linked,
})
export type GhostPost = z.infer<typeof ghostPost>

const id = z.union([z.string(), z.number()]).transform(String)

export const ghostData = z.object({
  posts: z.array(z.unknown()),
  tags: z.array(z.object({ id, name: z.string(), visibility: text })).default([]),
  posts_tags: z.array(z.object({ post_id: id, tag_id: id, sort_order: z.number().nullish() })).default([]),
  posts_meta: z
    .array(
      z.object({
        post_id: id,
        feature_image_alt: text,
        feature_image_caption: text,
        /** `true` or 1 where it was mailed and never stood on the site. */
        email_only: z.unknown().optional(),
      }),
    )
    .default([]),
})
export type GhostData = z.infer<typeof ghostData>
