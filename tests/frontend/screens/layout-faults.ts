// Looks at a page as a person would: is everything in sight, is nothing cut, does nothing lie on something else?
// Runs inside the page, so it may use nothing from outside.
export function layoutFaults(): string[] {
  // The board may stand up to two pixels aside, against burn-in; half a pixel is rounding.
  const SLACK = 2.5
  const isBoard = document.querySelector('.board') !== null
  const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (element) => !element.closest('svg, .only-heard') && element.getClientRects().length > 0,
  )
  const named = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent?.trim().slice(0, 40)}`

  const outside = shown.filter((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    const isCut = left < -SLACK || right > innerWidth + SLACK
    return isCut || (isBoard && (top < -SLACK || bottom > innerHeight + SLACK))
  })
  const clipped = shown.filter(
    (element) =>
      getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1,
  )

  // What is drawn within these no scroll width tells.
  const squeezed = shown.filter((element) => {
    if (!element.matches('input:is([type=time], [type=date])')) return false
    const room = element.getBoundingClientRect().width
    element.style.cssText = 'width: max-content; max-width: none'
    const wanted = element.getBoundingClientRect().width
    element.removeAttribute('style')
    return wanted > room + 0.5
  })

  const struckThrough = shown.flatMap((bar) => {
    const number = bar.matches('.bars .bar') && bar.closest('dd')?.querySelector('b')
    if (!number) return []
    const [drawn, written] = [bar.getBoundingClientRect(), number.getBoundingClientRect()]
    const isApart =
      drawn.right <= written.left + 1 || drawn.bottom <= written.top || written.bottom <= drawn.top
    return isApart ? [] : [number]
  })

  const regions = ['.past', '.field', '.fact', '.status', '.age', '.pick', '.as-table', '.limitation']
  const texts = shown.flatMap((element) =>
    [...element.childNodes].flatMap((node) => {
      const region = element.closest(regions.join())
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim() || !region) return []
      const range = document.createRange()
      range.selectNodeContents(node)
      return [{ element, region, text: node.textContent.trim(), box: range.getBoundingClientRect() }]
    }),
  )
  const escaped = texts.filter(({ element, region, box }) => {
    // The figure's line is set tighter than its glyphs' boxes.
    if (element.closest('.price')) return box.right > region.getBoundingClientRect().right
    const room = region.getBoundingClientRect()
    return (
      box.left < room.left - 1 ||
      box.right > room.right + 1 ||
      box.top < room.top - 2 ||
      box.bottom > room.bottom + 2
    )
  })

  const ink = (box: DOMRect) => ({
    ...box.toJSON(),
    top: box.top + box.height * 0.2,
    bottom: box.bottom - box.height * 0.2,
  })
  const touching = texts.flatMap((a, i) =>
    texts.slice(i + 1).flatMap((b) => {
      if (a.element.closest('.num') || b.element.closest('.num') || a.element === b.element) return []
      const [one, other] = [ink(a.box), ink(b.box)]
      const isApart =
        one.right <= other.left + 1 ||
        other.right <= one.left + 1 ||
        one.bottom <= other.top ||
        other.bottom <= one.top
      return isApart || isInlineNeighbour(a.element, b.element) ? [] : [`"${a.text}" lies on "${b.text}"`]
    }),
  )

  function isInlineNeighbour(a: Element, b: Element): boolean {
    return (
      a.contains(b) || b.contains(a) || (a.parentElement === b.parentElement && a.closest('dd, p') !== null)
    )
  }

  // A word that is cut in two leaves a letter or its full stop alone; of a command nobody knows where it ends.
  const COMMANDS = /npm run \S+(?: -- \S+)?|(?:systemctl|journalctl) \S+|pi\/\S+(?: --\S+)?|(?<=\s)\/setup/g
  const WORDS = /\p{Letter}{3,}[.,:;]?/gu
  const broken = shown.flatMap((element) =>
    [...element.childNodes].flatMap((node) =>
      node.nodeType === Node.TEXT_NODE
        ? [
            ...node.textContent!.matchAll(COMMANDS),
            ...(isPath(element) ? [] : node.textContent!.matchAll(WORDS)),
          ]
            .filter(({ 0: text, index }) => {
              const range = document.createRange()
              range.setStart(node, index)
              range.setEnd(node, index + text.length)
              const lines = [...range.getClientRects()]
              const width = lines.reduce((sum, line) => sum + line.width, 0)
              const room = element.closest('li, p, h1, dd, td')?.clientWidth ?? innerWidth
              return width < room && new Set(lines.map(({ top }) => Math.round(top))).size > 1
            })
            .map(([text]) => `${text} in ${named(element)}`)
        : [],
    ),
  )

  /** The name of a stick or a folder may be longer than any line. */
  function isPath(element: Element): boolean {
    return element.matches('code') && element.textContent!.length > 60
  }

  const words = [...document.querySelectorAll<SVGTextElement>('svg text')].filter((word) => word.textContent)
  const chart = document.querySelector('.tide')?.getBoundingClientRect()
  const mast = document.querySelector('.mast')?.getBoundingClientRect()
  const chartFaults = words.flatMap((word, i) => {
    const box = word.getBoundingClientRect()
    const text = word.textContent
    const cut = chart && (box.left < chart.left - 1 || box.right > chart.right + 1 || box.top < chart.top - 3)
    const onMast = mast && box.left < mast.left && box.right > mast.right
    const onOther = words.slice(i + 1).filter((other) => {
      const next = other.getBoundingClientRect()
      return (
        box.left < next.right - 1 &&
        next.left < box.right - 1 &&
        box.top + box.height * 0.22 < next.bottom - next.height * 0.22 &&
        next.top + next.height * 0.22 < box.bottom - box.height * 0.22
      )
    })
    return [
      ...(cut ? [`chart word cut: ${text}`] : []),
      ...(onMast ? [`chart word on the mast: ${text}`] : []),
      ...onOther.map((other) => `chart words collide: ${text} / ${other.textContent}`),
    ]
  })

  return [
    ...outside.map((element) => `out of sight: ${named(element)}`),
    ...clipped.map((element) => `cut: ${named(element)}`),
    ...squeezed.map((element) => `too narrow for a time or a date: ${element.outerHTML}`),
    ...struckThrough.map((element) => `a bar lies on ${named(element)}`),
    ...escaped.map(({ text, region }) => `"${text}" leaves .${region.className}`),
    ...touching,
    ...broken.map((text) => `broken over two lines: ${text}`),
    ...chartFaults,
  ]
}
