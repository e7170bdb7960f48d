import { Readable } from 'node:stream'
import { makeZip } from 'client-zip'
import { exportedFiles } from '@/lib/services/transfer/export/files'
import type { Viewer } from '@/lib/services/viewer'

/**
 * All of the viewer's posts and pictures as a zip, made as it is read: what nobody reads yet is not even asked of the
 * database. A failure errors the stream, so that nobody takes a part for the whole.
 */
export function exportZip(viewer: Viewer): ReadableStream<Uint8Array> {
  // The library lets go of nothing when its reader goes away; what is open is closed here.
  let open: Readable | null = null
  const files = exportedFiles(viewer, (content) => {
    open = content
    return Readable.toWeb(content) as ReadableStream<Uint8Array>
  })
  const zip = makeZip(files).getReader()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await zip.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      open?.destroy()
      await files.return()
    },
  })
}
