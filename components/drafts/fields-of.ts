import { DRAFT_FIELDS, type DraftFields } from '@/lib/schemas/drafts'

/** What stands in the fields of the editor that are kept while they are typed in. */
export function fieldsOf(form: HTMLFormElement): DraftFields {
  const data = new FormData(form)
  return Object.fromEntries(
    DRAFT_FIELDS.flatMap((name) => {
      const value = data.get(name)
      // Line ends as the form would have them on the server.
      return typeof value === 'string' ? [[name, value.replaceAll('\r\n', '\n')]] : []
    }),
  )
}
