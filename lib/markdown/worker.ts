/**
 * The thread that renders. Node runs this file as it stands, without the bundler: what it imports is named in full.
 */
import workerpool from 'workerpool'
import { render } from './render.ts'

workerpool.worker({
  render: (...input: Parameters<typeof render>) => {
    // A text’s time begins now, and not while it waited for a thread, or this one for its modules.
    workerpool.workerEmit('started')
    return render(...input)
  },
})
