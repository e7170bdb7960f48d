'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { formAction } from '@/lib/http/form-action'
import { newProject, projectChange } from '@/lib/schemas/projects'
import { formKey } from '@/lib/services/attempts'
import { changeProject, createProject, deleteProject } from '@/lib/services/projects'

export const addProject = formAction(newProject, async ({ attempt, ...input }, { viewer }) => {
  await createProject(viewer, input, formKey(attempt, input))
  return { message: `The project “${input.name}” is made. Choose it when you generate.` }
})

export const saveProject = formAction(projectChange, async ({ id, ...input }, { viewer }) => {
  await changeProject(viewer, id, input)
  redirect('/dashboard/projects')
})

export const removeProject = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await deleteProject(viewer, id)
  redirect('/dashboard/projects')
})
