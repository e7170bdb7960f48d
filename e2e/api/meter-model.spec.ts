import fc from 'fast-check'
import { type Command, OneStep, StepsAtOnce } from '../fixtures/meter-model/commands'
import { anyStep, racingStep } from '../fixtures/meter-model/steps'
import { type Follow, test } from '../fixtures/meter-model/test'
import { seedFrom } from '../fixtures/seed'

const RUNS = Number(process.env.MODEL_RUNS ?? 20)
const SEED = seedFrom('MODEL_SEED')
/** How long looking for a failure, and then for the shortest way to it, may take, in milliseconds. */
const PATIENCE = 60_000 + RUNS * 3_000

test.describe.configure({ timeout: PATIENCE + 30_000 })

function findNone(follow: Follow, commands: fc.Arbitrary<Command>[]): Promise<void> {
  const property = fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), follow)
  const plugins = [fc.unbiased(), fc.interruptAfterTimeLimit(PATIENCE)]
  return fc.assert(property, { seed: SEED, numRuns: RUNS, plugins })
}

const oneStep = anyStep.map((plan) => new OneStep(plan))
const stepsAtOnce = fc
  .array(racingStep, { minLength: 2, maxLength: 4 })
  .map((plans) => new StepsAtOnce(plans))

test('step by step, the meter answers and holds what the model does', ({ follow }) =>
  findNone(follow, [oneStep]))

test('of steps at once, the meter does what some order of them does', ({ follow }) =>
  findNone(follow, [oneStep, stepsAtOnce]))
