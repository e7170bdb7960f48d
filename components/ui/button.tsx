import Link from 'next/link'
import type { ComponentProps } from 'react'

export type ButtonLook = {
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'sm' | 'md' | 'lg'
}

/** A plain button; inside a form use SubmitButton, which knows when the form is on its way. */
export function Button({
  variant,
  size,
  className,
  type = 'button',
  ...rest
}: ButtonLook & ComponentProps<'button'>) {
  return <button type={type} className={buttonClass({ variant, size }, className)} {...rest} />
}

/** Goes somewhere, and looks like a button. What changes something is a form, never a link. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLook & ComponentProps<typeof Link>) {
  return <Link className={buttonClass({ variant, size }, className)} {...rest} />
}

type MaybeLook = { [K in keyof ButtonLook]?: ButtonLook[K] | undefined }

export function buttonClass({ variant = 'primary', size = 'md' }: MaybeLook, className = '') {
  return `${base} ${sizes[size]} ${variants[variant]} ${className}`
}

const base =
  'relative inline-flex items-center justify-center gap-2 rounded-control border text-center font-sans font-medium ' +
  'no-underline transition-colors duration-100 aria-disabled:cursor-progress aria-disabled:opacity-70'

const sizes = {
  sm: 'min-h-9 px-3 py-1 text-sm',
  md: 'min-h-11 px-5 py-2 text-[0.9375rem]',
  lg: 'min-h-12 px-7 py-2.5 text-base',
}

const variants = {
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-deep hover:bg-accent-deep',
  secondary: 'border-edge bg-leaf text-ink hover:border-accent hover:text-accent',
  quiet: 'border-transparent bg-transparent text-accent hover:bg-wash hover:text-accent-deep',
  danger: 'border-danger bg-leaf text-danger hover:bg-danger-wash',
}
