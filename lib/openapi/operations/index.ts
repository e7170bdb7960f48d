import type { Operation } from '@/lib/openapi/operation'
import { readMe } from '@/lib/openapi/operations/account'
import { generate, readGeneration, stopGeneration } from '@/lib/openapi/operations/generate'
import { createPost, deletePost, listPosts, readPost, updatePost } from '@/lib/openapi/operations/posts'
import { readDocument, readHealth } from '@/lib/openapi/operations/service'
import {
  createUpload,
  deleteUpload,
  listUploads,
  readUpload,
  servePicture,
} from '@/lib/openapi/operations/uploads'
import { listLedger, readUsage } from '@/lib/openapi/operations/usage'

/** Every call of the API, in the order of the document. A test compares them with the routes there are. */
export const operations: readonly Operation[] = [
  listPosts,
  createPost,
  readPost,
  updatePost,
  deletePost,
  listUploads,
  createUpload,
  readUpload,
  deleteUpload,
  servePicture,
  generate,
  readGeneration,
  stopGeneration,
  readUsage,
  listLedger,
  readMe,
  readHealth,
  readDocument,
]
