import { db } from '@/lib/db'
import { AppError, notFound } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import type { ProjectInput } from '@/lib/schemas/projects'
import { fingerprint, takeAttempt } from '@/lib/services/attempts'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql, transaction } from '@/lib/sql'

const columns = { id: true, name: true, brief: true, version: true, updatedAt: true } as const

/** The voice and facts that a project of the viewer's gives to every generation in it. */
export async function briefOf(viewer: Viewer, id: string): Promise<string> {
  return (await readProject(viewer, id)).brief
}

/** The viewer's projects by name. */
export async function listProjects(viewer: Viewer) {
  return db().project.findMany({
    where: { ownerId: viewer.userId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: columns,
  })
}

/** @throws AppError `not_found`, for somebody else's as for none. */
export async function readProject(viewer: Viewer, id: string) {
  const where = { id, ownerId: viewer.userId }
  const project = isId(id) ? await db().project.findFirst({ where, select: columns }) : null
  if (!project) throw notFound('project')
  return project
}

/** Makes a project; the same key and input make it once. */
export async function createProject(viewer: Viewer, input: ProjectInput, key: string | null): Promise<void> {
  const id = newId()
  await transaction(async (query) => {
    const attempt = key && { key, fingerprint: fingerprint('createProject', input) }
    if (attempt && (await takeAttempt(query, viewer, attempt, id))) return
    await query(sql`
      INSERT INTO projects (id, owner_id, name, brief)
      VALUES (${id}, ${viewer.userId}, ${input.name}, ${input.brief})`)
  })
}

/**
 * Makes a project as it was elsewhere.
 *
 * @param exportedFrom the id that it had there: where it is still the viewer's, that is the project.
 * @returns whether it was made: false if it is there already.
 */
export async function insertImported(
  viewer: Viewer,
  { id, name, brief, createdAt }: ProjectInput & { id: string; createdAt: Date },
  exportedFrom: string,
): Promise<boolean> {
  const made = await query(sql`
    INSERT INTO projects (id, owner_id, name, brief, created_at)
    SELECT ${id}, ${viewer.userId}, ${name}, ${brief}, ${createdAt}
    WHERE NOT EXISTS (SELECT FROM projects WHERE id = ${exportedFrom} AND owner_id = ${viewer.userId})
    ON CONFLICT (id) DO NOTHING RETURNING id`)
  return made.length > 0
}

/**
 * What was generated before keeps the brief it was given. Sent again, a change that was made is made.
 *
 * @param expected the version that is to be replaced.
 * @throws AppError `not_found`; `precondition_failed` if somebody saved something else meanwhile.
 */
export async function changeProject(
  viewer: Viewer,
  id: string,
  { name, brief }: ProjectInput,
  expected: number,
): Promise<void> {
  const rows = await query(sql`
    UPDATE projects SET name = ${name}, brief = ${brief}, version = version + 1, updated_at = now()
    WHERE id = ${id} AND owner_id = ${viewer.userId} AND version = ${expected}::int RETURNING id`)
  if (rows.length > 0) return
  const now = await readProject(viewer, id)
  if (now.name === name && now.brief === brief) return
  throw new AppError('precondition_failed', 'This project was saved elsewhere since you opened it.', {
    facts: { version: now.version },
  })
}

/** Its generations stay, in no project. @throws AppError `not_found`. */
export async function deleteProject(viewer: Viewer, id: string): Promise<void> {
  const { count } = await db().project.deleteMany({ where: { id, ownerId: viewer.userId } })
  if (count === 0) throw notFound('project')
}
