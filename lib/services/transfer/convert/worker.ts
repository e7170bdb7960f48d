/**
 * The thread that converts. Node runs this file as it stands, without the bundler: what it imports is named in full.
 */
import workerpool from 'workerpool'
import { findAddresses } from './addresses.ts'
import { convertHtml } from './html.ts'
import { findVerbatim } from './verbatim.ts'

workerpool.worker({
  convertHtml: (...input: Parameters<typeof convertHtml>) => {
    workerpool.workerEmit('started')
    return convertHtml(...input)
  },
  findAddresses: (...input: Parameters<typeof findAddresses>) => {
    workerpool.workerEmit('started')
    return findAddresses(...input)
  },
  findVerbatim: (...input: Parameters<typeof findVerbatim>) => {
    workerpool.workerEmit('started')
    return findVerbatim(...input)
  },
})
