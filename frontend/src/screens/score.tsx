// How good the forecasts were at this home.
import { scoreView } from '#domain/score-view.ts'
import '../look/page.css'
import { PageHead } from '../parts/page-head.tsx'
import type { ScreenProps } from '../screens.tsx'

export default function Score(props: ScreenProps) {
  const score = scoreView()
  return (
    <main class="page">
      <div>
        <PageHead demo={props.view.demo} sentence={score.sentence} />
        <p class="second">{score.detail}</p>
      </div>
    </main>
  )
}
