type MeterProps = {
  /** What is measured, for those who hear it. */
  label: string
  value: number
  max: number
}

/** How much of an allotment is used. The text beside it says the same: the bar only shows it at a glance. */
export function Meter({ label, value, max }: MeterProps) {
  return (
    <meter
      aria-label={label}
      className="meter"
      min={0}
      max={max}
      low={max * 0.5}
      high={max * 0.8}
      optimum={0}
      value={Math.min(value, max)}
    >
      {value} of {max}
    </meter>
  )
}
