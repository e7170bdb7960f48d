import type { UploadView } from '@/lib/schemas/uploads'

export type Sending = { finished: Promise<UploadView>; cancel: () => void }

/**
 * Uploads a picture with the dashboard’s session. By XMLHttpRequest, since `fetch` does not tell how much has been sent.
 *
 * @param onProgress is told the share that has been sent, from 0 to 1.
 * @returns `finished` rejects with an Error whose message is for the writer.
 */
export function sendPicture(file: File, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const finished = new Promise<UploadView>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(why))
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const answer = request.response
      if (request.status === 201) resolve(answer)
      else fail(answer?.errors?.[0]?.detail ?? answer?.detail ?? `The server answered ${request.status}.`)
    }
    request.onerror = () => fail('The server could not be reached.')
    request.onabort = () => fail('It was cancelled.')
  })
  request.open('POST', '/api/uploads')
  request.responseType = 'json'
  const form = new FormData()
  form.append('file', file)
  request.send(form)
  return { finished, cancel: () => request.abort() }
}
