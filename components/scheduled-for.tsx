import { Time } from '@/components/ui/time'
import type { Schedule } from '@/lib/services/posts'

/** That a draft will be published by itself, and when; or what it waits for, if its time has passed. */
export function ScheduledFor({ publishAt, heldBack }: Schedule) {
  return heldBack ? (
    <>
      Was to be published <Time value={publishAt} />. It waits for the Alt text of its cover.
    </>
  ) : (
    <>
      Scheduled for <Time value={publishAt} />
    </>
  )
}
