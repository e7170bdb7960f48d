import type { ComponentProps } from 'react'

type NoticeProps = { tone?: Tone; title?: string } & Omit<ComponentProps<'div'>, 'title'>

/** A remark set apart from the text: what is the case, what went wrong, what was done. */
export function Notice({ tone = 'info', title, className = '', children, ...rest }: NoticeProps) {
  return (
    <div className={`rounded-control border px-4 py-3 ${tones[tone]} ${className}`} {...rest}>
      {title && <p className="font-semibold">{title}</p>}
      {children}
    </div>
  )
}

type Tone = keyof typeof tones

const tones = {
  info: 'border-accent/45 bg-wash text-ink',
  success: 'border-good/45 bg-good-wash text-good',
  warning: 'border-warn/45 bg-warn-wash text-warn',
  danger: 'border-danger/45 bg-danger-wash text-danger',
}
