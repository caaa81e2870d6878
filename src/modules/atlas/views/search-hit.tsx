import { htmlLanguage, pickText, type LanguageText } from '../../../platform/i18n/languages.ts'
import { snippetOf } from '../../../platform/search/marker.ts'
import type { Hit } from '../../../platform/search/search.ts'
import type { Piece } from '../../../platform/text/marks.ts'
import { Badge } from '../../../platform/ui/text.tsx'
import type { View } from '../../../platform/ui/view.ts'
import { callsTexts } from '../../calls/index.ts'
import { exchangeTexts, pillarWord } from '../../exchange/index.ts'
import { recordTexts, type EntryKind } from '../../record/index.ts'
import { atlasTexts } from '../text/index.ts'
import type { AtlasView } from './home.tsx'

type Mark = (text: string) => Piece[]

export function HitItem({ view, say, hit, mark }: AtlasView & { hit: Hit; mark: Mark }) {
  const title = hit.kind === 'source' ? { en: hit.title.en ?? '' } : hit.title
  const name = nameFound(view, hit, mark)
  // Of a concept these are its hidden labels, which are not shown.
  const snippet = hit.kind === 'concept' || name !== undefined || isMarked(view, hit, mark) ? undefined : snippetOf(hit.words, mark)
  return (
    <li>
      <span>
        <a href={view.link(hit.path)}>
          <Marked view={view} text={title} original={hit.title.original} mark={mark} />
        </a>{' '}
        <Badge>{kindLabel(view, hit.kind, 'entry')}</Badge>
      </span>
      <small>
        <Marked view={view} text={hit.detail} mark={mark} />
        {name !== undefined && (
          <>
            {Object.keys(hit.detail).length > 0 && ' · '}
            <span class="quiet">
              {say('search.also')} <Pieces pieces={mark(name)} />
            </span>
          </>
        )}
        {snippet !== undefined && (
          <>
            {Object.keys(hit.detail).length > 0 && ' · '}
            <span class="quiet">
              <Pieces pieces={snippet} />
            </span>
          </>
        )}
      </small>
    </li>
  )
}

const hitsIn = (text: string | undefined, mark: Mark) => (text === undefined ? 0 : mark(text).filter((piece) => piece.hit).length)

/** Whether what is shown of it anyway has what was looked for. */
const isMarked = (view: View, hit: Hit, mark: Mark): boolean =>
  hitsIn(pickText(hit.title, view.language, hit.title.original)?.text, mark) + hitsIn(pickText(hit.detail, view.language)?.text, mark) > 0

/** The name that was found when none is on show that was: another language's, or one it also goes by. */
function nameFound(view: View, hit: Hit, mark: Mark): string | undefined {
  if (isMarked(view, hit, mark)) return undefined
  let [best, most]: [string | undefined, number] = [undefined, 0]
  for (const name of hit.names) {
    const n = hitsIn(name, mark)
    if (n > most) [most, best] = [n, name]
  }
  return best
}

function Marked({ view, text, original, mark }: { view: View; text: LanguageText; original?: string | undefined; mark: Mark }) {
  const picked = pickText(text, view.language, original)
  if (picked === undefined) return null
  const pieces = <Pieces pieces={mark(picked.text)} />
  return picked.language === view.language ? pieces : <span lang={htmlLanguage[picked.language]}>{pieces}</span>
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return <>{pieces.map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}</>
}

/** The word for a kind of thing, one or many. */
export function kindLabel(view: View, kind: string, form: 'plural' | 'entry'): string {
  if (kind === 'member' || kind === 'concept') return atlasTexts[view.language](`search.${form}.${kind}`)
  const say = recordTexts[view.language]
  if (kind === 'listing') return exchangeTexts[view.language](`found.${form}`)
  if (kind === 'call') return callsTexts[view.language](form === 'plural' ? 'calls.title' : 'call.one')
  if (kind === 'source') return say(form === 'plural' ? 'sources.title' : 'entry.source')
  return say(`${form}.${kind as EntryKind}`)
}

export const pillarLabel = (view: View, pillar: string): string => pillarWord(view, pillar as Parameters<typeof pillarWord>[1])
