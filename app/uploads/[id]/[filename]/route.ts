import { fasterFormats, pictureReply } from '@/lib/http/picture-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { servePicture } from '@/lib/openapi/operations/uploads'
import * as uploads from '@/lib/services/uploads'

/** The pictures themselves, for everybody: they are as public as the posts that show them. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(servePicture, async ({ params, query, request }) =>
    pictureReply(
      request,
      await uploads.servePicture(params.id, params.filename, {
        width: query.w,
        accepts: fasterFormats(request),
      }),
    ),
  ),
})
