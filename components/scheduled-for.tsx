import { Time } from '@/components/ui/time'

/** That a draft will be published by itself, and when. */
export function ScheduledFor({ time }: { time: Date }) {
  return (
    <>
      Scheduled for <Time value={time} />
    </>
  )
}
