import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** How long what still comes is taken before a connection is closed, in milliseconds. */
const LINGER_MS = 2_000

/**
 * Has an HTTP connection closed in stages (RFC 9112, 9.6). Node.js closes it as soon as the answer is written; where
 * the body of the request was not read to its end, as of one refused for its size, that resets the connection, and whoever
 * still sends loses the answer.
 */
export function closeInStages(socket: Socket): void {
  socket.destroySoon = () => closeStaged(socket)
}

/** Says that nothing more comes, and closes when the other side has done so too, or when it has had its time. */
export function closeStaged(socket: Duplex): void {
  socket.end()
  socket.resume()
  const linger = setTimeout(() => socket.destroy(), LINGER_MS).unref()
  socket.once('close', () => clearTimeout(linger))
}
