// The time left of the interval: drains into the mast. The words beside it say the same.
export function Gauge(props: { remaining: number; parts: number }) {
  return (
    <div class="gauge" aria-hidden="true" style={{ '--remaining': props.remaining, '--parts': props.parts }}>
      <i />
    </div>
  )
}
