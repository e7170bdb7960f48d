import { z } from 'zod'

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'At most 254 characters.')
  .pipe(z.email('Enter an email address, such as ada@example.com.'))

const newPassword = z
  .string()
  .min(8, 'Use at least 8 characters.')
  // argon2 takes any length; this keeps one request from hashing a megabyte.
  .max(200, 'At most 200 characters.')

const name = z.string().trim().min(1, 'Enter your name.').max(80, 'At most 80 characters.')

export const signup = z.object({ name, email, password: newPassword })
export type Signup = z.infer<typeof signup>

export const login = z.object({
  email,
  password: z.string().min(1, 'Enter your password.').max(200, 'At most 200 characters.'),
  next: z.string().optional(),
})
export type Login = z.infer<typeof login>

export const profile = z.object({ name })

export const passwordChange = z.object({
  currentPassword: z.string().min(1, 'Enter your current password.').max(200, 'At most 200 characters.'),
  newPassword,
})
export type PasswordChange = z.infer<typeof passwordChange>

export const nothing = z.object({})
