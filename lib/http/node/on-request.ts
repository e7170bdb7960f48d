import { subscribe } from 'node:diagnostics_channel'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** A request as Node.js has just read it, before Next.js sees it, and the answer that will be written to it. */
export type Exchange = { server: Server; request: IncomingMessage; response: ServerResponse }
export type RequestHook = (exchange: Exchange) => void
export type ConnectionHook = (socket: Socket, server: Server) => void

/** Calls each hook with every request from now on, in this order. There is no way back. */
export function onRequest(...hooks: RequestHook[]): void {
  for (const hook of hooks) subscribe('http.server.request.start', (exchange) => hook(exchange as Exchange))
}

/** Calls each hook with every connection to an HTTP server from now on, in this order. There is no way back. */
export function onConnection(...hooks: ConnectionHook[]): void {
  for (const hook of hooks)
    subscribe('net.server.socket', (message) => {
      const { socket } = message as { socket: Socket & { server?: unknown } }
      if (socket.server instanceof Server) hook(socket, socket.server)
    })
}

/** Answers a request, or leaves it to Next.js and returns false. */
export type Taker = (exchange: Exchange) => boolean

/** Asks `take` with every request from now on, after the hooks, and Next.js only with those that it leaves. There is no way back. */
export function onRequestInstead(take: Taker): void {
  const asked = new WeakSet<Server>()
  onRequest(({ server }) => {
    if (asked.has(server)) return
    asked.add(server)
    const listeners = server.listeners('request')
    server.removeAllListeners('request')
    server.on('request', (request, response) => {
      if (take({ server, request, response })) return
      for (const listener of listeners) listener.call(server, request, response)
    })
  })
}
