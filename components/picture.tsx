import { srcSetOf } from '@/lib/schemas/served-widths'
import type { UploadView } from '@/lib/schemas/uploads'

type PictureProps = {
  upload: Pick<UploadView, 'url' | 'width' | 'height'>
  /** What is to be seen; empty for what only decorates. */
  alt: string
  /** How wide it is shown, as `sizes` of HTML. */
  sizes: string
  loading?: 'lazy' | 'eager'
  className?: string
}

/** An upload in the width that fits. Its place is kept while it loads. */
export function Picture({ upload, alt, sizes, loading = 'lazy', className = '' }: PictureProps) {
  const { url, width, height } = upload
  return (
    <picture>
      <img
        src={url}
        srcSet={srcSetOf(upload)}
        sizes={sizes}
        width={width}
        height={height}
        alt={alt}
        loading={loading}
        decoding="async"
        className={className}
      />
    </picture>
  )
}
