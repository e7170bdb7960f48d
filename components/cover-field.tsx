'use client'

import { useState } from 'react'
import { Picture } from '@/components/picture'
import { Select } from '@/components/ui/field'
import type { UploadView } from '@/lib/schemas/uploads'

type CoverFieldProps = { covers: readonly UploadView[]; defaultValue: string }

/** The picture above a post. Without JavaScript the one is seen that was saved last. */
export function CoverField({ covers, defaultValue }: CoverFieldProps) {
  const [chosen, setChosen] = useState(defaultValue)
  const cover = covers.find(({ id }) => id === chosen)
  return (
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
  )
}

/** Several may have one name. */
function option({ id, filename, width, height }: UploadView) {
  return { value: id, label: `${filename} (${width} × ${height})` }
}
