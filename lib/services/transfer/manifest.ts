import { z } from 'zod'

/** The file in an export that says what its pictures are. */
export const MANIFEST = 'inkwell.json'

/** A picture of an export. `file` is relative to the manifest. */
const manifestPicture = z.object({
  id: z.uuid(),
  file: z.string(),
  filename: z.string(),
  alt: z.string(),
  mime: z.string(),
  width: z.int(),
  height: z.int(),
  createdAt: z.iso.datetime(),
})
export type ManifestPicture = z.infer<typeof manifestPicture>

/** A project, which gives voice and facts to what is generated in it. */
const manifestProject = z.object({
  id: z.uuid(),
  name: z.string(),
  brief: z.string(),
  createdAt: z.iso.datetime(),
})
export type ManifestProject = z.infer<typeof manifestProject>

/** The whole of it, in the order in which it is written. */
export const manifest = z.object({
  format: z.literal('inkwell-export'),
  version: z.literal(1),
  site: z.string(),
  exportedAt: z.iso.datetime(),
  projects: z.array(manifestProject).default([]),
  pictures: z.array(manifestPicture),
  /** Uploads whose files are gone from the storage, so that they are not in the zip. */
  lost: z.array(z.object({ id: z.uuid(), filename: z.string() })).default([]),
})
