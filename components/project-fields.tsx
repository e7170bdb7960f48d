import { Field, TextArea } from '@/components/ui/field'

/** What a project is made of: the same fields where it is made and where it is changed. */
export function ProjectFields({ name = '', brief = '' }: { name?: string; brief?: string }) {
  return (
    <>
      <Field name="name" label="Name" defaultValue={name} />
      <TextArea
        name="brief"
        label="Brief"
        rows={6}
        hint="Voice and facts: who speaks, to whom, what must be right. Given to every generation in the project."
        defaultValue={brief}
      />
    </>
  )
}
