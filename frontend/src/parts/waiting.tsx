// What stands on a screen whose answer takes longer than a moment, or cannot be worked out without what the Pi has.
export function Waiting(props: { sentence: string }) {
  return (
    <main class="page waiting">
      <h1 tabindex="-1">{props.sentence}</h1>
      <p class="second">It is worked out on this device, from the copy that it keeps.</p>
    </main>
  )
}
