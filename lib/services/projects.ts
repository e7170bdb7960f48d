import { db } from '@/lib/db'
import { notFound } from '@/lib/errors'
import type { Viewer } from '@/lib/services/viewer'

/** The voice and facts that a project of the viewer's gives to every generation in it. */
export async function briefOf(viewer: Viewer, id: string): Promise<string> {
  const project = await db().project.findFirst({
    where: { id, ownerId: viewer.userId },
    select: { brief: true },
  })
  if (!project) throw notFound('project')
  return project.brief
}

export async function listProjects(viewer: Viewer) {
  return db().project.findMany({
    where: { ownerId: viewer.userId },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, brief: true },
  })
}
