// Arithmetic in the field of 256 elements that QR codes correct errors in (x⁸ + x⁴ + x³ + x² + 1).
const PRIMITIVE = 0x11d

const powers = new Uint8Array(255)
const logarithms = new Uint8Array(256)
for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  powers[exponent] = value
  logarithms[value] = exponent
  value = value << 1
  if (value > 255) value ^= PRIMITIVE
}

export const power = (exponent: number): number => powers[exponent % 255]!

export const product = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : power(logarithms[a]! + logarithms[b]!)

/** The remainder that makes message and remainder together divisible by (x - 1)(x - 2)(x - 4)… */
export function correction(message: readonly number[], length: number): number[] {
  const divisor = generator(length)
  const rest: number[] = Array(length).fill(0)
  for (const byte of message) {
    const factor = byte ^ rest.shift()!
    rest.push(0)
    for (let index = 0; index < length; index++) rest[index]! ^= product(divisor[index]!, factor)
  }
  return rest
}

/** Without its leading 1. */
function generator(length: number): number[] {
  let polynomial = [1]
  for (let root = 0; root < length; root++) {
    const next: number[] = Array(polynomial.length + 1).fill(0)
    polynomial.forEach((coefficient, index) => {
      next[index]! ^= coefficient
      next[index + 1]! ^= product(coefficient, power(root))
    })
    polynomial = next
  }
  return polynomial.slice(1)
}
