import type { NextRequest } from 'next/server'

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
  const type = request.headers.get('content-type') ?? ''
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1]
  if (!boundary) return new FormData()
  const sent = Buffer.from(await request.clone().arrayBuffer())
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
