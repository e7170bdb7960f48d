import 'server-only'
import { randomUUID } from 'node:crypto'
import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { currentViewer } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'
import { isOfSomebodyElse, otherAccount } from '@/lib/http/account-of-form'
import { visitorFrom } from '@/lib/http/caller'
import type { FormAction, FormState } from '@/lib/http/form-state'
import { formValues } from '@/lib/http/form-values'
import { parseInput } from '@/lib/http/input'
import { asAppError } from '@/lib/http/problem'
import { PIPELINE } from '@/lib/http/route'
import { isSameOrigin } from '@/lib/http/same-origin'
import { isOperator, type Operator } from '@/lib/services/operators/operator'
import type { Visitor } from '@/lib/services/subject'
import type { Viewer } from '@/lib/services/viewer'

type Submission = { form: FormData; values: FormState['values']; visitor: Visitor; viewer: Viewer | null }
type Step = (submission: Submission) => Promise<FormState>
type Result = Partial<FormState> | undefined

/** What an action's body gets besides its input. */
export type ActionContext<Who> = {
  viewer: Who
  values: FormState['values']
  /** Whoever sends it, by verified address. */
  visitor: Visitor
  /** The form itself, for the files in it. */
  form: FormData
}

/**
 * An action of somebody who is logged in. Its steps read in the order they run; `act` does the work and
 * redirects, or answers what the form shows. Whatever it throws becomes the form's state, with everything
 * typed still in it.
 */
export function formAction<Schema extends z.ZodType>(
  schema: Schema,
  act: (input: z.output<Schema>, context: ActionContext<Viewer>) => Promise<Result> | Promise<void>,
): FormAction {
  return pipeline(
    withSameOrigin(
      withViewer(
        withInput(schema, (input, context) => act(input, { ...context, viewer: signedIn(context.viewer) })),
      ),
    ),
  )
}

/** An action of an operator: for anybody else it is refused, and nothing is told of what it would have done. */
export function operatorAction<Schema extends z.ZodType>(
  schema: Schema,
  act: (input: z.output<Schema>, context: ActionContext<Operator>) => Promise<Result> | Promise<void>,
): FormAction {
  return pipeline(
    withSameOrigin(
      withViewer(
        withOperator(
          withInput(schema, (input, context) =>
            act(input, { ...context, viewer: operating(context.viewer) }),
          ),
        ),
      ),
    ),
  )
}

/** An action that needs no account: signing up, logging in. */
export function publicAction<Schema extends z.ZodType>(
  schema: Schema,
  act: (input: z.output<Schema>, context: ActionContext<null>) => Promise<Result> | Promise<void>,
): FormAction {
  return pipeline(
    withSameOrigin(withInput(schema, (input, context) => act(input, { ...context, viewer: null }))),
  )
}

function pipeline(steps: Step): FormAction {
  const action: FormAction = async (_, form) => {
    const values = formValues(form)
    return withErrors(values, async () => {
      const visitor = visitorFrom(await headers())
      return withFreshPages(steps)({ form, values, visitor, viewer: null })
    })
  }
  return Object.assign(action, { [PIPELINE]: true })
}

/**
 * What an action has changed, the browser must not show as it was: without this, a redirect to a page that it has
 * seen before may show that from memory. A refusal has changed nothing.
 */
function withFreshPages(next: Step): Step {
  return async (submission) => {
    try {
      const state = await next(submission)
      if (state.status === 'ok' && !state.unchanged) revalidatePath('/dashboard', 'layout')
      return state
    } catch (thrown) {
      if (leadsElsewhere(thrown)) revalidatePath('/dashboard', 'layout')
      throw thrown
    }
  }
}

/**
 * Next.js redirects by throwing. A failure is no reason to render the page anew: where the database is away that would
 * fail, too, and the form with all that was typed would be replaced by an error.
 */
function leadsElsewhere(thrown: unknown): boolean {
  try {
    unstable_rethrow(thrown)
    return false
  } catch {
    return true
  }
}

async function withErrors(values: FormState['values'], submit: () => Promise<FormState>): Promise<FormState> {
  try {
    return await submit()
  } catch (thrown) {
    // Next.js redirects by throwing; that is not for us to catch.
    unstable_rethrow(thrown)
    const requestId = randomUUID()
    const error = asAppError(thrown, requestId)
    const errors = Object.fromEntries(error.fields.map(({ pointer, detail }) => [pointer.slice(1), detail]))
    // What nobody foresaw is found in the log by this, which a form has no header for.
    const message = error.code === 'internal' ? `${error.message} (${requestId})` : error.message
    return { status: 'error', values: withoutSecrets(values), errors, message, data: {} }
  }
}

function withSameOrigin(next: Step): Step {
  return async (submission) => {
    if (isSameOrigin(await headers())) return next(submission)
    throw new AppError('cross_site', 'This form was sent from another site. Nothing was changed.')
  }
}

function withViewer(next: Step): Step {
  return async (submission) => {
    const viewer = await currentViewer()
    if (viewer && isOfSomebodyElse(submission.form, viewer)) throw otherAccount()
    if (viewer) return next({ ...submission, viewer })
    throw new AppError(
      'unauthenticated',
      'You are logged out. Log in in another tab, then submit this again: what you typed is still here.',
    )
  }
}

function withOperator(next: Step): Step {
  return async (submission) => {
    if (submission.viewer && isOperator(submission.viewer)) return next(submission)
    throw new AppError('forbidden', 'Only an operator of this studio may do this. Nothing was changed.')
  }
}

function withInput<Schema extends z.ZodType>(
  schema: Schema,
  act: (input: z.output<Schema>, context: Submission) => Promise<Result> | Promise<void>,
): Step {
  return async (submission) => {
    const result = await act(parseInput(schema, submission.values), submission)
    return { status: 'ok', values: {}, errors: {}, message: null, data: {}, ...result }
  }
}

function signedIn(viewer: Viewer | null): Viewer {
  if (!viewer) throw new Error('withViewer comes before this')
  return viewer
}

function operating(viewer: Viewer | null): Operator {
  if (!viewer || !isOperator(viewer)) throw new Error('withOperator comes before this')
  return viewer
}

function withoutSecrets(values: FormState['values']): FormState['values'] {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password/i.test(name)))
}
