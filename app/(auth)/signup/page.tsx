import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { signup } from '@/actions/accounts'
import { Field } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { currentViewer } from '@/lib/auth/session'
import { WELCOME_CREDITS } from '@/lib/services/accounts'

export const metadata: Metadata = { title: 'Sign up' }

export default async function SignupPage() {
  if (await currentViewer()) redirect('/dashboard')
  return (
    <>
      <h1 className="mb-2 text-2xl">Start writing</h1>
      <p className="mb-6 text-soft">An account begins with {WELCOME_CREDITS} credits.</p>
      <Form action={signup}>
        <Field name="name" label="Name" autoComplete="name" />
        <Field name="email" label="Email" type="email" autoComplete="email" />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters."
        />
        <SubmitButton>Sign up</SubmitButton>
      </Form>
      <p className="mt-6 text-soft">
        You have an account?{' '}
        <Link href="/login" className="text-link">
          Log in
        </Link>
      </p>
    </>
  )
}
