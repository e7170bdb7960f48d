import type { Metadata } from 'next'
import Link from 'next/link'
import { addProject } from '@/actions/projects'
import { ProjectFields } from '@/components/project-fields'
import { Empty } from '@/components/ui/empty'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { SubmitButton } from '@/components/ui/submit'
import { requireViewer } from '@/lib/auth/session'
import { newId } from '@/lib/ids'
import { listProjects } from '@/lib/services/projects'

export const metadata: Metadata = { title: 'Projects' }

export default async function ProjectsPage() {
  const viewer = await requireViewer('/dashboard/projects')
  const projects = await listProjects(viewer)
  return (
    <>
      <PageHeader
        title="Projects"
        lede="A project tells every generation in it whose voice it is to write in, and what the facts are."
      />
      {projects.length === 0 ? (
        <Empty title="No projects yet">
          What you would explain anew with each prompt can be written down once.
        </Empty>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {projects.map(({ id, name, brief }) => (
            <li key={id} className="py-4">
              <Link href={`/dashboard/projects/${id}`} className="text-link font-serif text-lg">
                {name}
              </Link>
              <p className="mt-1 line-clamp-2 max-w-measure text-soft">{brief || 'No brief yet.'}</p>
            </li>
          ))}
        </ul>
      )}
      <Section title="New project">
        <Form action={addProject} clearOnOk className="max-w-measure">
          <Hidden name="attempt" value={newId()} />
          <ProjectFields />
          <SubmitButton className="self-start">Create project</SubmitButton>
        </Form>
      </Section>
    </>
  )
}
