import type { PictureLimits } from '@/components/editor/content-field'
import type { PanelMaterial } from '@/components/editor/model-panel'
import { env } from '@/lib/env'
import { newId } from '@/lib/ids'
import { upload } from '@/lib/schemas/uploads'
import { model } from '@/lib/services/generations'
import { listProjects } from '@/lib/services/projects'
import { listCoverChoices, type PictureView } from '@/lib/services/uploads'
import { usageOf } from '@/lib/services/usage'
import type { Viewer } from '@/lib/services/viewer'

type Material = { covers: PictureView[]; pictures: PictureLimits; panel: PanelMaterial }

/** What the editor offers beside the post itself. @param coverId the cover that the post has. */
export async function editorMaterial(viewer: Viewer, coverId: string | null): Promise<Material> {
  const [covers, usage, projects] = await Promise.all([
    listCoverChoices(viewer, coverId),
    usageOf(viewer),
    listProjects(viewer),
  ])
  return {
    covers,
    pictures: { accept: upload.shape.mime.options.join(','), maxBytes: env().UPLOAD_MAX_BYTES },
    panel: {
      prices: Object.fromEntries(usage.map(({ tool, hold }) => [tool, hold])),
      projects: projects.map(({ id, name }) => ({ id, name })),
      basic: model().basic,
      attempt: newId(),
    },
  }
}
