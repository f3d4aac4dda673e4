// On the wall, for a phone's camera: where the household's phones begin.
export function SetupCode(props: { url: string }) {
  return (
    <p class="setup-code">
      <img src="/setup/qr.svg" alt={`QR code of ${props.url}`} />
      <span>For your phone</span>
    </p>
  )
}
