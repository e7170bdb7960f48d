import type { Metadata } from 'next'
import { removeProject, saveProject } from '@/actions/projects'
import { Collision } from '@/components/collision'
import { DeleteProject } from '@/components/delete-project'
import { ProjectFields } from '@/components/project-fields'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit'
import { requireViewer } from '@/lib/auth/session'
import { orNotFound } from '@/lib/http/or-not-found'
import { readProject } from '@/lib/services/projects'

export const metadata: Metadata = { title: 'Edit project' }

export default async function EditProjectPage({ params }: PageProps<'/dashboard/projects/[id]'>) {
  const { id } = await params
  const viewer = await requireViewer(`/dashboard/projects/${id}`)
  const project = await orNotFound(readProject(viewer, id))
  return (
    <>
      <PageHeader title="Edit project" lede="What was generated before keeps the brief it was given." />
      <Form action={saveProject} className="max-w-measure">
        <Hidden name="id" value={id} />
        <Hidden name="version" value={String(project.version)} />
        <Hidden name="nameBefore" value={project.name} />
        <Hidden name="briefBefore" value={project.brief} />
        {/* The first button is the one that the Enter key presses: see the editor. */}
        <button type="submit" name="intent" value="save" hidden tabIndex={-1}>
          Save
        </button>
        <Collision />
        <ProjectFields name={project.name} brief={project.brief} />
        <SubmitButton name="intent" value="save" className="self-start">
          Save project
        </SubmitButton>
      </Form>
      <div className="mt-12 border-t border-line pt-6">
        <DeleteProject id={id} action={removeProject} />
      </div>
    </>
  )
}
