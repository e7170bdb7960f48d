import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import { create, list, read } from './posts'

const server = fastify()

server.get('/api/posts', () => list())

server.get<{ Params: { id: string } }>('/api/posts/:id', ({ params }) => read(params.id))

server.post<{ Body: { title: string; content: string } }>('/api/posts', async ({ body }, reply) => {
  const id = randomUUID()
  reply.code(201)
  return create({ id, title: body.title, content: body.content, slug: id })
})

await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
