'use server'

import { revalidatePath } from 'next/cache'
import { formatCredits } from '@/components/ui/credits'
import { AppError } from '@/lib/errors'
import { operatorAction } from '@/lib/http/form-action'
import { operatorGrant, policyForm, tierChange } from '@/lib/schemas/admin'
import { grantCredits } from '@/lib/services/operators/grants'
import { changePolicy, readPolicy, seenOf } from '@/lib/services/operators/policies'
import { changeTier } from '@/lib/services/operators/users'

export const saveTier = operatorAction(tierChange, async (change, { viewer }) => {
  await changeTier(viewer, change)
  revalidatePath('/admin', 'layout')
  return { message: `The tier is ${change.tier} now.`, values: { tier: change.tier } }
})

export const grantToUser = operatorAction(operatorGrant, async (input, { viewer }) => {
  const balance = await grantCredits(viewer, input)
  revalidatePath('/admin', 'layout')
  return { message: `${formatCredits(input.credits)} granted. The balance is ${formatCredits(balance)}.` }
})

export const savePolicy = operatorAction(policyForm, async (change, { viewer, values }) => {
  try {
    await changePolicy(viewer, change)
    revalidatePath('/admin', 'layout')
    return { message: 'Saved. It counts from now on.' }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    // The form now knows of the others' change, so that sending it again is a decision.
    const seen = seenOf(await readPolicy(viewer, change.tier))
    return { status: 'error', message: error.message, values: { ...values, seen } }
  }
})
