import { z } from 'zod'
import { EXAMPLE_FILE, exampleUpload } from '@/lib/openapi/examples'
import { json, operation } from '@/lib/openapi/operation'
import { newUploadQuery, servedQuery, upload, uploadList, uploadListQuery } from '@/lib/schemas/uploads'

export const listUploads = operation({
  id: 'listUploads',
  method: 'GET',
  path: '/api/uploads',
  tag: 'Uploads',
  summary: 'List uploads',
  description: 'Your own, newest first. Go on with `cursor`, or follow `Link`.',
  access: 'required',
  scope: 'uploads:read',
  query: uploadListQuery,
  reads: ['If-None-Match'],
  responses: {
    200: {
      description: 'A page of uploads.',
      headers: ['ETag', 'Link'],
      content: json(uploadList, { uploads: [exampleUpload], page: 1, limit: 10, nextCursor: null }),
    },
    304: { description: 'Nothing has changed since the `ETag` you have.', headers: ['ETag', 'Link'] },
  },
})

export const createUpload = operation({
  id: 'createUpload',
  method: 'POST',
  path: '/api/uploads',
  tag: 'Uploads',
  summary: 'Upload a picture',
  description:
    'One file as `multipart/form-data`. It is judged by its content, not by its name, and written anew without what it ' +
    'tells of place and camera. 10 MB, unless the operator has set another limit, and 50 megapixels, frames counted.',
  access: 'required',
  scope: 'uploads:write',
  query: newUploadQuery,
  file: 'file',
  bodyExamples: { picture: { summary: 'A picture', value: { file: EXAMPLE_FILE } } },
  idempotent: true,
  responses: {
    201: {
      description: 'The upload, as it was made now or by the first call with this key, file, name and `alt`.',
      headers: ['Location'],
      content: json(upload, exampleUpload),
    },
  },
  // A key repeated after what it made was deleted.
  problems: ['not_found'],
})

export const readUpload = operation({
  id: 'readUpload',
  method: 'GET',
  path: '/api/uploads/{id}',
  tag: 'Uploads',
  summary: 'Read an upload',
  description: 'What is known of it, and where it is served.',
  access: 'required',
  scope: 'uploads:read',
  responses: { 200: { description: 'The upload.', content: json(upload, exampleUpload) } },
  problems: ['not_found'],
})

export const deleteUpload = operation({
  id: 'deleteUpload',
  method: 'DELETE',
  path: '/api/uploads/{id}',
  tag: 'Uploads',
  summary: 'Delete an upload',
  description:
    'The picture is gone at once from where it was served, but not from caches on the way. A post whose cover it was has ' +
    'none then, which is a new version of the post.',
  access: 'required',
  scope: 'uploads:write',
  responses: { 204: { description: 'It is gone. The answer has no body.' } },
  problems: ['not_found'],
})

const bytes = { schema: z.string().meta({ format: 'binary' }), examples: {} } as const

/** The picture itself. */
const picture = {
  'image/png': bytes,
  'image/jpeg': bytes,
  'image/webp': bytes,
  'image/avif': bytes,
  'image/gif': bytes,
} as const

export const servePicture = operation({
  id: 'servePicture',
  method: 'GET',
  path: '/uploads/{id}/{filename}',
  tag: 'Uploads',
  summary: 'Get a picture',
  description:
    'The upload’s `url`, for everybody. What has been served at an address stays the same for ever, so it may be kept. ' +
    'Parts of it can be asked for. With `w`, a still picture comes as AVIF or WebP to callers whose `Accept` names these ' +
    'formats, as those of browsers do; without `w`, and for all others, as what the upload is. While too many are being ' +
    'made, it comes as it was uploaded, and with `Cache-Control: no-store`.',
  access: 'public',
  query: servedQuery,
  reads: ['If-None-Match', 'Range', 'If-Range'],
  responses: {
    200: {
      description: 'The picture.',
      headers: ['ETag', 'Accept-Ranges', 'Vary', 'Content-Disposition'],
      content: picture,
    },
    206: {
      description: 'The part of it that `Range` asked for.',
      headers: ['ETag', 'Accept-Ranges', 'Vary', 'Content-Range', 'Content-Disposition'],
      content: picture,
    },
    304: { description: 'You have it already.', headers: ['ETag', 'Accept-Ranges', 'Vary'] },
    416: { description: 'It has no such part.', headers: ['ETag', 'Accept-Ranges', 'Vary', 'Content-Range'] },
  },
  problems: ['not_found', 'unavailable'],
})
