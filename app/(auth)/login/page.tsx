import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { login } from '@/actions/accounts'
import { Field, Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { currentViewer } from '@/lib/auth/session'
import { localPath } from '@/lib/http/local-path'

export const metadata: Metadata = { title: 'Log in' }

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const next = localPath([(await searchParams).next].flat()[0])
  if (await currentViewer()) redirect(next)
  return (
    <>
      <h1 className="mb-6 text-2xl">Welcome back</h1>
      <Form action={login}>
        <Hidden name="next" value={next} />
        <Field name="email" label="Email" type="email" autoComplete="email" />
        <Field name="password" label="Password" type="password" autoComplete="current-password" />
        <SubmitButton>Log in</SubmitButton>
      </Form>
      <p className="mt-6 text-soft">
        New here?{' '}
        <Link href="/signup" className="text-link">
          Sign up
        </Link>
      </p>
    </>
  )
}
