import { NextRequest } from 'next/server'

/** A form that was sent as `multipart/form-data`; null for what is none. The request can still be read. */
export async function readForm(request: NextRequest): Promise<FormData | null> {
  try {
    return await request.clone().formData()
  } catch {
    return null
  }
}

/**
 * What can be read of a form that is over the limit, of which Next.js hands over the beginning: its last field may be
 * shorter than it was sent.
 */
export async function readBeginning(request: NextRequest): Promise<FormData> {
  return parseBeginning(request, Buffer.from(await request.clone().arrayBuffer()))
}

/** How many bytes of a form are looked at before its file: more than the texts of any of them have. */
const BEGINNING_BYTES = 16_384

/**
 * The same of a form that is still on its way, without waiting for its file: what stands before that, whatever becomes of
 * it.
 *
 * @returns that, and the request with its whole body.
 */
export async function lookAtBeginning(
  request: NextRequest,
): Promise<{ beginning: FormData; whole: NextRequest }> {
  if (!request.body) return { beginning: new FormData(), whole: request }
  const [ahead, body] = request.body.tee()
  const { url, method, headers, signal } = request
  const sent = await readAhead(ahead)
  const whole = new NextRequest(url, { method, headers, signal, body, duplex: 'half' })
  return { beginning: await parseBeginning(request, sent), whole }
}

async function readAhead(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  const reader = stream.getReader()
  try {
    for (let bytes = 0; bytes < BEGINNING_BYTES; ) {
      const { done, value } = await reader.read()
      if (done) break
      pieces.push(value)
      bytes += value.byteLength
    }
  } catch {
    // A body that breaks off is told to whoever reads the rest of it.
  }
  // Not waited for: it is done when the rest has been read, too.
  void reader.cancel().catch(() => {})
  return Buffer.concat(pieces)
}

async function parseBeginning({ headers }: NextRequest, sent: Buffer): Promise<FormData> {
  const type = headers.get('content-type') ?? ''
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1]
  if (!boundary) return new FormData()
  const end = Buffer.from(`\r\n--${boundary}--\r\n`)
  // A part that was cut off within its own head is none.
  const last = sent.lastIndexOf(`\r\n--${boundary}`)
  const whole = sent.indexOf('\r\n\r\n', last + 2) === -1 ? sent.subarray(0, Math.max(0, last)) : sent
  try {
    return await new Response(Buffer.concat([whole, end]), { headers: { 'Content-Type': type } }).formData()
  } catch {
    return new FormData()
  }
}
