import { z } from 'zod'

/** An upload as every caller sees it. */
export const upload = z.object({
  id: z.uuid(),
  /** As it was sent, cleaned, with the ending of what it really is. */
  filename: z.string(),
  mime: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif']),
  /** The size of what is served at `url`. */
  bytes: z.int().positive(),
  /** In pixels, upright; of an animation, one frame’s. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Where it is served, as a path of this site. */
  url: z.string(),
  createdAt: z.iso.datetime(),
})
export type UploadView = z.infer<typeof upload>

export const uploadList = z.object({
  uploads: z.array(upload),
  page: z.int().positive(),
  limit: z.int().positive(),
  nextCursor: z.string().nullable(),
  /** Only if `count=true` asks for it. */
  total: z.int().nonnegative().optional(),
})

export const uploadListQuery = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  cursor: z.string().max(200).optional(),
  count: z.stringbool().default(false),
})
export type UploadListQuery = z.infer<typeof uploadListQuery>

/** The widths in which an upload is served, in pixels. Few, so that each is made once and kept. */
export const SERVED_WIDTHS = [160, 320, 640, 960, 1280, 1920] as const

/** `w` is served as the next of `SERVED_WIDTHS`, and never wider than the picture is. */
export const servedQuery = z.object({ w: z.coerce.number().int().min(1).max(100_000).optional() })

export const uploadForm = z.object({ attempt: z.string().max(255).default('') })

/** `page` is where the list of uploads is to be shown again. */
export const uploadRemoval = z.object({ id: z.uuid(), page: z.coerce.number().int().min(1).catch(1) })
