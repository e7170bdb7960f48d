import { tryIt } from '@/actions/visitors'
import { Select, TextArea } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { toolNames } from '@/lib/schemas/tools'

/** The part of the landing page where anybody may try what needs no account. */
export function TryIt() {
  return (
    <section
      aria-labelledby="try"
      className="mt-16 rounded-control border border-line bg-leaf px-5 py-6 sm:mt-20 sm:px-8 sm:py-8"
    >
      <h2 id="try" className="text-2xl">
        Try it on a text of yours
      </h2>
      <p className="mt-1 mb-5 max-w-measure text-soft">
        Without an account, three times a day for each tool. Your address is kept only as a keyed hash, to
        count by.
      </p>
      <Form action={tryIt} id="try-it">
        <TextArea name="text" label="Text" rows={5} />
        <div className="flex flex-wrap items-end gap-4">
          <Select
            name="tool"
            label="Tool"
            className="min-w-60"
            options={(['summarize', 'titles'] as const).map((tool) => ({
              value: tool,
              label: toolNames[tool],
            }))}
          />
          <SubmitButton>Try it</SubmitButton>
        </div>
      </Form>
    </section>
  )
}
