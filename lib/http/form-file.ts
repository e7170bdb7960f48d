import { fileTooLarge } from '@/lib/bytes'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { invalid, pointer } from '@/lib/http/input'
import { spool } from '@/lib/providers/spool'
import type { SentFile } from '@/lib/services/uploads'

/**
 * Hands the one file of a form's field to `use`, on disk for as long as that takes.
 *
 * @throws AppError `invalid` where none was chosen, `too_large`; told at the field.
 */
export async function withFormFile<Result>(
  form: FormData,
  name: string,
  use: (file: SentFile) => Promise<Result>,
): Promise<Result> {
  const [chosen] = form.getAll(name)
  // A file field that was left alone arrives as an empty file, with JavaScript even under a name.
  if (!(chosen instanceof File) || chosen.size === 0) {
    throw invalid([{ pointer: pointer([name]), detail: 'Choose a file. If you did, it is empty.' }])
  }
  const max = env().UPLOAD_MAX_BYTES
  if (chosen.size > max) throw tooLarge(name, max)
  const sent = await spool().take(chosen.stream(), max)
  try {
    return await use({ ...sent, filename: chosen.name })
  } finally {
    await spool().remove(sent.path)
  }
}

/** A file over the limit, told at the field that it was chosen in. */
function tooLarge(field: string, maxBytes: number): AppError {
  const detail = fileTooLarge(maxBytes)
  return new AppError('too_large', detail, { fields: [{ pointer: pointer([field]), detail }] })
}
