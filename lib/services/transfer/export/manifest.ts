import { env } from '@/lib/env'
import { type ExportedUpload, exportedProjects, exportedUploads } from '@/lib/services/transfer/export/rows'
import type { ManifestPicture } from '@/lib/services/transfer/manifest'
import type { Viewer } from '@/lib/services/viewer'

/** Where a picture lies in the zip. */
export function pictureName({ id, filename }: Pick<ExportedUpload, 'id' | 'filename'>): string {
  return `pictures/${id}/${filename}`
}

type Written = {
  exportedAt: Date
  /** The ids of the pictures in the zip. */
  pictures: readonly string[]
  lost: readonly Pick<ExportedUpload, 'id' | 'filename'>[]
}

/** What an export says of itself (`manifest` in ../manifest), written as its rows are read. */
export async function* manifestPieces(viewer: Viewer, written: Written): AsyncGenerator<string, void, void> {
  const head = {
    format: 'inkwell-export',
    version: 1,
    site: env().APP_URL,
    exportedAt: written.exportedAt.toISOString(),
    projects: await exportedProjects(viewer),
    lost: written.lost.map(({ id, filename }) => ({ id, filename })),
  }
  yield `${JSON.stringify(head, null, 2).replace(/\n\}$/, '')},\n  "pictures": [`
  let separator = '\n'
  for await (const upload of exportedUploads(viewer, written.pictures)) {
    yield `${separator}    ${JSON.stringify(described(upload))}`
    separator = ',\n'
  }
  yield '\n  ]\n}\n'
}

function described({ createdAt, ...upload }: ExportedUpload): ManifestPicture {
  return { ...upload, file: pictureName(upload), createdAt: createdAt.toISOString() }
}
