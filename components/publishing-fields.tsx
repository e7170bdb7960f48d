import { PublishAtField } from '@/components/publish-at-field'
import { SubmitButton } from '@/components/ui/submit'

/** A draft’s way to be published later, by itself. */
export function PublishingFields({ publishAt }: { publishAt: Date | null }) {
  return (
    <div className="flex flex-wrap items-end gap-3">
      <PublishAtField publishAt={publishAt} />
      <SubmitButton name="intent" value="schedule" variant="secondary">
        Schedule
      </SubmitButton>
      {publishAt && (
        <SubmitButton name="intent" value="unschedule" variant="quiet">
          Unschedule
        </SubmitButton>
      )}
    </div>
  )
}
