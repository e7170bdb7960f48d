import { SERVED_WIDTHS, type UploadView } from '@/lib/schemas/uploads'

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
        srcSet={srcSet(upload)}
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

function srcSet({ url, width }: PictureProps['upload']): string {
  const widest = SERVED_WIDTHS.at(-1) ?? 0
  const narrower = SERVED_WIDTHS.filter((served) => served < width).map((w) => `${url}?w=${w} ${w}w`)
  // By its width, too, it is asked for in the format that the browser shows fastest; but nothing larger is made.
  return [...narrower, `${url}${width <= widest ? `?w=${width}` : ''} ${width}w`].join(', ')
}
