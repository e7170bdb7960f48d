import type { GenerationBody } from '@/lib/schemas/generations'
import type { PostView } from '@/lib/schemas/posts'
import type { UploadView } from '@/lib/schemas/uploads'

/** The ids in the examples; whoever pastes one puts their own in their place. */
export const EXAMPLE_IDS = {
  post: '0198c7a2-9f4e-7c31-8b6d-2f1e5a90c4d7',
  upload: '0198c7a2-c0de-7a11-9b3f-5d2e8c61f0a4',
  generation: '0198c7a3-1b20-7e5f-9c44-6d08b7f3a215',
  user: '0198c79f-0a11-7d02-a3f8-41c6e2b95d30',
} as const

export const examplePost: PostView = {
  id: EXAMPLE_IDS.post,
  title: 'A lighthouse in winter',
  content: 'The lamp is lit at **four**, and the boats come home by it.',
  excerpt: 'Who keeps the lamp?',
  slug: 'a-lighthouse-in-winter',
  status: 'published',
  coverUploadId: null,
  version: 1,
  createdAt: '2026-01-12T16:04:00.000Z',
  updatedAt: '2026-01-12T16:04:00.000Z',
  publishedAt: '2026-01-12T16:04:00.000Z',
}

/** What whoever pastes an example has for a picture. */
export const EXAMPLE_FILE = 'harbour.jpg'

export const exampleUpload: UploadView = {
  id: EXAMPLE_IDS.upload,
  filename: EXAMPLE_FILE,
  mime: 'image/jpeg',
  bytes: 184_320,
  width: 1600,
  height: 1067,
  url: `/uploads/${EXAMPLE_IDS.upload}/${EXAMPLE_FILE}`,
  createdAt: '2026-01-12T16:04:00.000Z',
}

export const exampleGeneration: GenerationBody = {
  id: EXAMPLE_IDS.generation,
  status: 'succeeded',
  tool: 'titles',
  result: 'The Lamp at Four\nHome by the Light\nWho Keeps the Lamp?\nA Winter Light\nBoats Come Home',
  model: 'gpt-4o-mini',
  usage: { inputTokens: 118, outputTokens: 31 },
  credits: { held: 1, charged: 1, balance: 19 },
}

/** One that is under way: what of it is not known yet is null. */
export const runningGeneration: GenerationBody = {
  ...exampleGeneration,
  status: 'running',
  tool: 'draft',
  result: '# A lighthouse in winter\n\nThe lamp is lit',
  usage: { inputTokens: null, outputTokens: null },
  credits: { held: 4, charged: null, balance: 16 },
}

export const stoppedGeneration: GenerationBody = {
  ...runningGeneration,
  status: 'stopped',
  usage: { inputTokens: 24, outputTokens: 210 },
  credits: { held: 4, charged: 1, balance: 19 },
}
