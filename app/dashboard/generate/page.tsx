import type { Metadata } from 'next'
import { z } from 'zod'
import { startGeneration } from '@/actions/generations'
import { GenerateButton } from '@/components/generate-button'
import { formatCredits } from '@/components/ui/credits'
import { Hidden, Select, TextArea } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireViewer } from '@/lib/auth/session'
import { newId } from '@/lib/ids'
import { toolNames, tool as toolSchema } from '@/lib/schemas/tools'
import { model } from '@/lib/services/generations'
import { listProjects } from '@/lib/services/projects'
import { usageOf } from '@/lib/services/usage'

export const metadata: Metadata = { title: 'Generate' }

export default async function GeneratePage({ searchParams }: PageProps<'/dashboard/generate'>) {
  const viewer = await requireViewer('/dashboard/generate')
  const [usage, projects] = await Promise.all([usageOf(viewer), listProjects(viewer)])
  const asked = await searchParams
  const chosen = toolSchema.safeParse(asked.tool).data ?? 'draft'
  // proxy.ts has put it into the address; see there why.
  const attempt = z.uuid().safeParse(asked.attempt).data ?? newId()
  const prices = Object.fromEntries(usage.map(({ tool, hold }) => [tool, hold]))
  return (
    <>
      <PageHeader
        title="Generate"
        lede="Credits are set aside before the model starts. The price is a ceiling: what is not delivered is given back."
      />
      {model().basic && (
        <Notice className="mb-6" title="Basic (no AI model)">
          No model is connected. The basic engine picks sentences and phrases out of your own text, and for a
          draft makes an outline with questions. Whoever runs this studio can connect a model.
        </Notice>
      )}
      <Form action={startGeneration} className="max-w-3xl">
        <Hidden name="attempt" value={attempt} />
        {/* A higher price by the time it is sent is asked about again. */}
        <Hidden name="quotes" value={usage.map(({ tool, hold }) => `${tool}:${hold}`).join(' ')} />
        <Select
          name="tool"
          label="Tool"
          defaultValue={chosen}
          options={usage.map(({ tool, hold, used, limit }) => ({
            value: tool,
            label: `${toolNames[tool]}, ${price(hold)}${limit < 0 ? '' : `, ${Math.max(0, limit - used)} left today`}`,
          }))}
        />
        <TextArea
          name="prompt"
          label="Prompt"
          rows={4}
          hint="What to write about, or how to rewrite. Not needed for a summary or titles."
        />
        <TextArea name="text" label="Text" rows={6} hint="The text to work on. Not needed for a draft." />
        <Select
          name="projectId"
          label="Project"
          hint="Its brief, voice and facts, is given to the model."
          options={[
            { value: '', label: 'None' },
            ...projects.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <GenerateButton prices={prices} initial={chosen} />
      </Form>
    </>
  )
}

function price(hold: number): string {
  return hold > 1 ? `up to ${formatCredits(hold)}` : formatCredits(hold)
}
