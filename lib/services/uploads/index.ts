export { altOf, describeUpload } from '@/lib/services/uploads/alt'
export { createUpload, type SentFile } from '@/lib/services/uploads/create'
export { deleteUpload } from '@/lib/services/uploads/delete'
export { listCoverChoices, listPictures, listUploads } from '@/lib/services/uploads/list'
export { type UploadRoom, uploadRoom } from '@/lib/services/uploads/quota'
export { readUpload } from '@/lib/services/uploads/read'
export {
  FASTER_FORMATS,
  type FasterFormat,
  type ServedPicture,
  servePicture,
} from '@/lib/services/uploads/serve'
export { sharedPicture } from '@/lib/services/uploads/share'
export type { PictureView } from '@/lib/services/uploads/view'
