'use client'

import { useEffect, useRef, useState } from 'react'
import { Field } from '@/components/ui/field'
import { useField } from '@/components/ui/form-context'

/**
 * When a draft is to be published. The server sends the time in UTC and reads it as UTC, and the field says so; where
 * there is JavaScript, it shows and takes the time of the writer's own zone, and the form says how far that is from UTC.
 */
export function PublishAtField({ publishAt }: { publishAt: Date | null }) {
  const place = useRef<HTMLDivElement>(null)
  const { typed } = useField('publishOffset')
  const [zone, setZone] = useState('UTC')

  useEffect(() => {
    const field = place.current?.querySelector<HTMLInputElement>('input[name=publishAt]')
    const offset = place.current?.querySelector<HTMLInputElement>('input[name=publishOffset]')
    const form = field?.form
    if (!field || !offset || !form) return
    setZone(Intl.DateTimeFormat().resolvedOptions().timeZone)
    field.value = toLocal(field.value, Number(offset.value))
    // As the form is sent: the zone's distance from UTC depends on the day that is chosen.
    const tellOffset = ({ formData }: FormDataEvent) =>
      formData.set('publishOffset', String(new Date(field.value).getTimezoneOffset() || 0))
    form.addEventListener('formdata', tellOffset)
    return () => form.removeEventListener('formdata', tellOffset)
  }, [])

  return (
    <div ref={place} className="max-w-80 grow basis-60">
      <input type="hidden" name="publishOffset" defaultValue={[typed].flat()[0] ?? '0'} />
      <Field
        type="datetime-local"
        name="publishAt"
        label="Publish at"
        hint={`In ${zone === 'UTC' ? 'UTC' : `your time zone, ${zone}`}. Schedule publishes it then.`}
        defaultValue={publishAt?.toISOString().slice(0, 16) ?? ''}
      />
    </div>
  )
}

/** The same moment on this device's clock. */
function toLocal(wallTime: string, minutesBehind: number): string {
  const moment = Date.parse(`${wallTime}Z`) + minutesBehind * 60_000
  if (Number.isNaN(moment)) return wallTime
  const here = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000)
  return here.toISOString().slice(0, 16)
}
