'use server'

import { redirect } from 'next/navigation'
import { AppError } from '@/lib/errors'
import { refuseCollision, showTogether } from '@/lib/http/collisions'
import { formAction } from '@/lib/http/form-action'
import { newProject, projectChange, projectRemoval } from '@/lib/schemas/projects'
import { formKey } from '@/lib/services/attempts'
import { mergeTexts } from '@/lib/services/posts'
import { changeProject, createProject, deleteProject, readProject } from '@/lib/services/projects'

export const addProject = formAction(newProject, async ({ attempt, ...input }, { viewer }) => {
  await createProject(viewer, input, formKey(attempt, input))
  return { message: `The project “${input.name}” is made. Choose it when you generate.` }
})

export const saveProject = formAction(projectChange, async (input, { viewer, values }) => {
  const { id, intent, name, brief, nameBefore, briefBefore, version } = input
  if (intent === 'merge') {
    const theirs = await readProject(viewer, id)
    const merged = mergeTexts(asText(nameBefore, briefBefore), asText(name, brief), textOf(theirs))
    const known = { version: String(theirs.version), nameBefore: theirs.name, briefBefore: theirs.brief }
    return showTogether(merged, { ...values, ...known }, { title: 'name', content: 'brief', excerpt: null })
  }
  try {
    await changeProject(viewer, id, { name, brief }, version)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    return refuseCollision(textOf(await readProject(viewer, id)), values, COLLISION)
  }
  redirect('/dashboard/projects')
})

export const removeProject = formAction(projectRemoval, async ({ id, intent }, { viewer }) => {
  if (intent === 'keep') return { unchanged: true }
  if (intent === 'ask') {
    const { name } = await readProject(viewer, id)
    const message = `“${name}” and its brief will be gone for good. Nothing is deleted yet.`
    return { status: 'error', message, data: { asked: 'yes' } }
  }
  await deleteProject(viewer, id)
  redirect('/dashboard/projects')
})

const COLLISION =
  'It was saved elsewhere since you opened it. What you typed is below, and not saved. Save again to put it in the place of the other one, which is gone then, or put both together.'

/** A project as a text that can be put together with another. */
function textOf({ name, brief, ...rest }: Awaited<ReturnType<typeof readProject>>) {
  return { ...asText(name, brief), ...rest }
}

function asText(name: string, brief: string) {
  return { title: name, content: brief, excerpt: '' }
}
