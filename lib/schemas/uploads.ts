import { z } from 'zod'
import { flag } from '@/lib/schemas/flag'
import { paging } from '@/lib/schemas/paging'
import { SERVED_WIDTHS } from '@/lib/schemas/served-widths'
import { atMost } from '@/lib/schemas/text'

/** What an upload can be, and is served as. */
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif'] as const

export const ALT_MAX = 300

/** What a picture shows, for those who don't see it. */
export const altText = atMost(ALT_MAX, z.string().trim())

/** What may be said of a picture as it is sent. */
export const newUploadQuery = z.object({
  alt: altText
    .default('')
    .describe(
      'What the picture shows, in words, for those who don’t see it. A post that has it for its cover says so.',
    ),
})

/** An upload as every caller sees it. */
export const upload = z
  .object({
    id: z.uuid(),
    filename: z.string().describe('As it was sent, cleaned, with the ending of what it really is.'),
    mime: z.enum(PICTURE_TYPES).describe('What it is, judged by its content.'),
    bytes: z.int().min(1).describe('The size of what is served at `url` without `w`.'),
    width: z.int().min(1).describe('In pixels, upright; of an animation, one frame’s.'),
    height: z.int().min(1),
    url: z.string().describe('Where it is served to everybody, as a path of this site.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Upload' })
export type UploadView = z.infer<typeof upload>

/** One page of uploads, newest first. */
export const uploadList = z
  .object({
    uploads: z.array(upload),
    page: z.int().min(1),
    limit: z.int().min(1),
    nextCursor: z.string().nullable().describe('Where the next page begins; null on the last one.'),
    total: z.int().min(0).optional().describe('How many uploads there are, if `count` asked for it.'),
  })
  .meta({ id: 'UploadList' })

export const uploadListQuery = z.object({
  ...paging('uploads'),
  count: flag.describe('Whether to count all of them into `total`.'),
})
export type UploadListQuery = z.infer<typeof uploadListQuery>

/** `w` is served as the next of `SERVED_WIDTHS`, and never wider than the picture is. */
export const servedQuery = z.object({
  w: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe(
      `How wide, in pixels: served as the next of ${SERVED_WIDTHS.join(', ')}; never wider than it is.`,
    ),
})

export const uploadForm = z.object({ attempt: z.string().max(255).default(''), alt: altText.default('') })

/** What one of the writer's uploads shows. */
export const uploadDescription = z.object({ id: z.uuid(), alt: altText })
export type UploadDescription = z.infer<typeof uploadDescription>

/** `page` is where the list of uploads is to be shown again. */
export const uploadRemoval = z.object({ id: z.uuid(), page: z.coerce.number().int().min(1).catch(1) })
