import { randomUUID } from 'node:crypto'
import { create, list } from '../../../../posts'

export async function GET(): Promise<Response> {
  return Response.json(await list())
}

export async function POST(request: Request): Promise<Response> {
  const { title, content } = await request.json()
  const id = randomUUID()
  return Response.json(await create({ id, title, content, slug: id }), { status: 201 })
}
