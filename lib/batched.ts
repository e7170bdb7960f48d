import DataLoader from 'dataloader'

/**
 * Answers questions that come in at once together: those of one turn of the event loop are one batch. Nothing is
 * remembered: each is asked after it has come in. A busy server asks less often, an idle one no later.
 *
 * @param answer the answers to a batch, in the order of its questions. What it throws, all of them throw.
 */
export function batched<Question, Answer>(
  answer: (questions: readonly Question[]) => Promise<Answer[]>,
): { load(question: Question): Promise<Answer> } {
  return new DataLoader(answer, {
    cache: false,
    maxBatchSize: BATCH_MAX,
    // After all that has arrived has been read, and not only what is at hand just now.
    batchScheduleFn: (ask) => setImmediate(ask),
  })
}

const BATCH_MAX = 100
