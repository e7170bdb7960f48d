import { v5 } from 'uuid'
import { projectInput } from '@/lib/schemas/projects'
import { insertImported } from '@/lib/services/projects'
import type { ManifestProject } from '@/lib/services/transfer/manifest'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Makes the projects of an export, each once: the one that it was made of, or what was made of it before, is left as it
 * is.
 *
 * @returns what there is to say of it, in words for its owner.
 */
export async function importProjects(
  viewer: Viewer,
  projects: readonly ManifestProject[],
): Promise<string[]> {
  const remarks: string[] = []
  let made = 0
  for (const { id, createdAt, ...said } of projects) {
    const read = projectInput.safeParse(said)
    // Of the account and the id there: the same at each import.
    const project = { ...said, ...read.data, id: v5(viewer.userId, id), createdAt: new Date(createdAt) }
    if (!read.success)
      remarks.push(`The project ${said.name} was not taken: ${read.error.issues[0]?.message}`)
    else if (await insertImported(viewer, project, id)) made++
  }
  const what = made === 1 ? 'One project was made.' : `${made} projects were made.`
  return made > 0 ? [what, ...remarks] : remarks
}
