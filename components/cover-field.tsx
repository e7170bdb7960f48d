'use client'

import { useState } from 'react'
import { Picture } from '@/components/picture'
import { Field, Select } from '@/components/ui/field'
import { useField } from '@/components/ui/form-context'
import type { PictureView } from '@/lib/services/uploads'

type CoverFieldProps = { covers: readonly PictureView[]; defaultValue: string }

/**
 * The picture above a post, and what it shows in words, which are the picture's own. Without JavaScript the one is seen
 * that was saved last, or was chosen in the form that is given back.
 */
export function CoverField({ covers, defaultValue }: CoverFieldProps) {
  const { typed } = useField('coverUploadId')
  const [chosen, setChosen] = useState([typed].flat()[0] ?? defaultValue)
  const cover = covers.find(({ id }) => id === chosen)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-4">
        <div className="min-w-60 grow basis-80">
          <Select
            name="coverUploadId"
            label="Cover"
            hint="Shown above the post. Choose from your uploads."
            options={[{ value: '', label: 'No cover' }, ...covers.map(option)]}
            defaultValue={defaultValue}
            onChange={(event) => setChosen(event.target.value)}
          />
        </div>
        {cover && (
          <Picture
            upload={cover}
            alt={`Cover: ${cover.filename}`}
            sizes="10rem"
            className="h-24 w-auto max-w-40 rounded-control border border-line object-cover"
          />
        )}
      </div>
      <Alt key={chosen} alt={cover?.alt ?? ''} />
    </div>
  )
}

/** Another cover has other words: these are then its own. */
function Alt({ alt }: { alt: string }) {
  return (
    <>
      <input type="hidden" name="coverAltBefore" value={alt} />
      <Field
        name="coverAlt"
        label="Alt text"
        hint="What the cover shows, for those who don’t see it. A post with a cover is published with it."
        defaultValue={alt}
      />
    </>
  )
}

/** Several may have one name. */
function option({ id, filename, width, height }: PictureView) {
  return { value: id, label: `${filename} (${width} × ${height})` }
}
