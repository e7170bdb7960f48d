import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { bodyLimits } from '@/lib/body-limits'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { invalid, pointer } from '@/lib/http/input'
import { spool } from '@/lib/providers/spool'
import type { SentFile } from '@/lib/services/uploads'

/** The file of a form, and the texts that stand beside it. */
export type ReceivedFile = SentFile & { texts: Record<string, string> }

/**
 * The one file of a multipart body (RFC 7578), written to disk as it comes: a body of any size, with or without a
 * declared length, takes no more memory than a piece of it. After a refusal nothing is left, and the rest of the body is
 * read and thrown away, so that whoever still sends gets to read the answer.
 *
 * @param name of the field.
 * @param maxBytes of the file.
 * @param textNames of fields that may hold a text beside it.
 * @throws AppError `unsupported_media_type`, `malformed` (it ends early, or is no multipart), `too_large`, `invalid`
 *   (no file, several, or any other field).
 */
export async function receiveFile(
  request: Request,
  name: string,
  maxBytes = env().UPLOAD_MAX_BYTES,
  textNames: readonly string[] = [],
): Promise<ReceivedFile> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\s*(;|$)/i.test(type)) {
    throw new AppError('unsupported_media_type', 'Send the file as multipart/form-data.')
  }
  const limit = bodyLimits(maxBytes).body
  const declared = request.headers.get('content-length')
  // It is not read here: whoever has begun with it, or Node.js, throws away what comes.
  if (Number(declared ?? 0) > limit) throw bodyTooLarge(limit, maxBytes)
  if (!request.body) throw new AppError('malformed', 'A multipart body is needed, and this one is empty.')
  const reader = request.body.getReader()
  const form = readForm(type, name, maxBytes, textNames)
  try {
    const received = await feed(reader, form, limit, maxBytes)
    if (declared !== null && received !== Number(declared)) throw brokenOff()
    return await form.file()
  } catch (error) {
    await form.discard()
    void readToEnd(reader)
    throw error
  }
}

type Form = {
  parser: BusboyInstance
  /** Never fulfilled; rejected as soon as the form is refused. */
  refused: Promise<never>
  /** The file, after the end of the body. */
  file(): Promise<ReceivedFile>
  discard(): Promise<void>
}

function readForm(type: string, name: string, maxBytes: number, textNames: readonly string[]): Form {
  const { promise: refused, reject: refuse } = Promise.withResolvers<never>()
  // Whoever waits is told; that nobody does at the moment is no unhandled failure.
  refused.catch(() => {})
  const parser = parserFor(type)
  let file: Promise<SentFile> | undefined
  const contents: BusboyFileStream[] = []
  parser.on('file', (field: string | undefined, content, filename) => {
    contents.push(content)
    // Heard below: by the parser's own error, or by whoever reads the content.
    content.on('error', () => {})
    const wanted = field === name && file === undefined
    if (!wanted) {
      content.resume()
      refuse(field === name ? wrong(name, 'Send one file, not several.') : unknownField(field))
      return
    }
    file = spool()
      .take(content, maxBytes)
      .then((sent) => ({ ...sent, filename }))
    file.catch((cause) => refuse(cause instanceof AppError ? cause : notMultipart(cause)))
  })
  const texts = new Map<string, string>()
  parser.on('field', (field: string | undefined, text, _, isCut) => {
    const isKnown = field !== undefined && textNames.includes(field) && !texts.has(field)
    if (isKnown && isCut) refuse(wrong(field, 'This is too long.'))
    else if (isKnown) texts.set(field, text)
    else refuse(field === name ? wrong(name, 'This is text. Send a file.') : unknownField(field))
  })
  const finished = new Promise<void>((resolve) => parser.on('finish', resolve))
  parser.on('error', (cause) => refuse(notMultipart(cause)))
  return {
    parser,
    refused,
    async file() {
      await Promise.race([finished, refused])
      const sent = await Promise.race([refused, file])
      if (!sent) throw wrong(name, 'Send a file in this field.')
      if (sent.bytes === 0) throw wrong(name, 'This file is empty.')
      return { ...sent, texts: Object.fromEntries(texts) }
    },
    async discard() {
      // What still waits for more would wait for ever.
      for (const content of contents) content.destroy()
      const sent = await file?.catch(() => null)
      if (sent) await spool().remove(sent.path)
    },
  }
}

/** A form has one file; what is far from that is not even looked at. */
const LIMITS = { files: 2, fields: 2, fieldSize: 1_024, parts: 8, headerPairs: 16, headerSize: 8_192 }

function parserFor(type: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': type }, limits: LIMITS })
  } catch (cause) {
    throw new AppError('malformed', 'The Content-Type has no boundary.', { cause })
  }
}

/** Hands the body to the parser, piece by piece as that takes them. @returns how many bytes there were. */
async function feed(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { parser, refused }: Form,
  limit: number,
  maxBytes: number,
): Promise<number> {
  let received = 0
  for (;;) {
    const piece = await reader.read().catch((cause) => {
      throw brokenOff(cause)
    })
    if (piece.done) break
    received += piece.value.byteLength
    if (received > limit) throw bodyTooLarge(limit, maxBytes)
    const { value } = piece
    await Promise.race([
      refused,
      new Promise<void>((taken) => parser.write(Buffer.from(value), () => taken())),
    ])
  }
  parser.end()
  return received
}

/** Not cancelled: that would close the connection before the answer is on its way. */
async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The sender has gone, which is as good.
  }
}

function bodyTooLarge(limit: number, maxBytes: number): AppError {
  return new AppError('too_large', `The body may have at most ${limit} bytes, its file ${maxBytes}.`)
}

function brokenOff(cause?: unknown): AppError {
  return new AppError('malformed', 'The body broke off before its end.', { cause })
}

function notMultipart(cause: unknown): AppError {
  return new AppError('malformed', 'The body is not whole and valid multipart/form-data.', { cause })
}

function wrong(field: string, detail: string): AppError {
  return invalid([{ pointer: pointer([field]), detail }])
}

/** Every part has a name (RFC 7578, 4.2); the parser leaves it undefined where one has not, whatever its types say. */
function unknownField(field: string | undefined): AppError {
  if (field === undefined) return new AppError('malformed', 'A part of the form has no name.')
  return wrong(field, 'There is no such field.')
}
