import { formatMoment } from '../../../platform/i18n/format.ts'
import { htmlLanguage, languageNames, languages } from '../../../platform/i18n/languages.ts'
import { Layout } from '../../../platform/ui/layout.tsx'
import { Badge } from '../../../platform/ui/text.tsx'
import type { Label, LabelKind } from '../rules/draft.ts'
import { happenings } from '../rules/happenings.ts'
import { languageTag } from '../rules/labels.ts'
import { registers } from '../rules/registers.ts'
import type { Branch, Concept, ConceptRef, Happening } from '../store/concepts.ts'
import { ConceptLink, nameOf, type VocabularyView } from './parts.tsx'

export type ConceptProps = VocabularyView & {
  concept: Concept
  path: readonly ConceptRef[]
  tree: readonly Branch[]
  history: readonly Happening[]
  mayCurate: boolean
}

/** One concept: its terms in all languages, where it stands, by what others know it. */
export function ConceptPage({ view, say, concept, path, tree, history, mayCurate }: ConceptProps) {
  const name = nameOf(concept.names, view, concept.key)
  return (
    <Layout view={view} title={name} description={`${say('vocabulary.title')}: ${Object.values(concept.names).join(' · ')}`}>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/concepts')}>{say('vocabulary.title')}</a>
          {path.map((each) => (
            <>
              {' › '}
              <ConceptLink view={view} to={each} />
            </>
          ))}
        </p>
        <h1>{name}</h1>
        {concept.state === 'retired' && <Retired view={view} say={say} concept={concept} />}
        {concept.note !== null && (
          <p lang="en">
            <b lang={htmlLanguage[view.language]}>{say('concept.note')}:</b> {concept.note}
          </p>
        )}
      </section>
      <Labels view={view} say={say} concept={concept} />
      <section class="two">
        <Refs view={view} title={say('concept.broader')} refs={concept.broader} />
        <Refs view={view} title={say('concept.related')} refs={concept.related} />
      </section>
      {tree.length > 0 && (
        <section class="stack">
          <h2>{say('concept.narrower')}</h2>
          <Tree view={view} tree={tree} parent={concept.id} />
        </section>
      )}
      <Elsewhere view={view} say={say} concept={concept} />
      <History view={view} say={say} history={history} />
      <Doors view={view} say={say} concept={concept} mayCurate={mayCurate} />
    </Layout>
  )
}

function Retired({ view, say, concept }: VocabularyView & { concept: Concept }) {
  return (
    <p class="note bad">
      <b>{say('concept.retired')}</b>{' '}
      {concept.replacedBy !== null && (
        <span>
          {say('concept.replaced')} <ConceptLink view={view} to={concept.replacedBy} />
        </span>
      )}
    </p>
  )
}

function Labels({ say, concept }: VocabularyView & { concept: Concept }) {
  const of = (language: Label['language'], kind: LabelKind) => concept.labels.filter((label) => label.language === language && label.kind === kind)
  return (
    <section class="stack">
      <h2>{say('concept.labels')}</h2>
      <dl class="facts">
        {languages
          .filter((language) => concept.labels.some((label) => label.language === language))
          .map((language) => (
            <>
              <dt lang={htmlLanguage[language]}>{languageNames[language]}</dt>
              <dd lang={htmlLanguage[language]}>
                <b>
                  {of(language, 'preferred').map((label, at) => (
                    <Term label={label} first={at === 0} />
                  ))}
                </b>
                {of(language, 'alternative').map((label) => (
                  <Term label={label} first={false} />
                ))}
              </dd>
            </>
          ))}
      </dl>
      {concept.labels.some(({ kind }) => kind === 'hidden') && (
        <details class="folded">
          <summary>{say('concept.kind.hidden')}</summary>
          <ul>
            {concept.labels
              .filter(({ kind }) => kind === 'hidden')
              .map((label) => (
                <li lang={languageTag(label)}>{label.text}</li>
              ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** A term of several in a row; one in traditional characters says so, since it takes other glyphs. */
function Term({ label, first }: { label: Label; first: boolean }) {
  const tag = languageTag(label)
  return (
    <>
      {!first && ' · '}
      {tag === htmlLanguage[label.language] ? label.text : <span lang={tag}>{label.text}</span>}
    </>
  )
}

function Refs({ view, title, refs }: Pick<VocabularyView, 'view'> & { title: string; refs: readonly ConceptRef[] }) {
  if (refs.length === 0) return null
  return (
    <div class="stack">
      <h2>{title}</h2>
      <ul class="linklist">
        {refs.map((each) => (
          <li>
            <ConceptLink view={view} to={each} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Levels that are shown below a concept. */
const deepest = 3

/** What stands below a concept. @param above those on the way here, so that nothing stands below itself */
function Tree({ view, tree, parent, above = [] }: Pick<VocabularyView, 'view'> & { tree: readonly Branch[]; parent: string; above?: readonly string[] }) {
  const here = [...above, parent]
  const below = tree.filter((each) => each.parent === parent && !here.includes(each.id))
  if (below.length === 0 || here.length > deepest) return null
  return (
    <ul>
      {below.map((each) => (
        <li>
          <ConceptLink view={view} to={each} />
          <Tree view={view} tree={tree} parent={each.id} above={here} />
        </li>
      ))}
    </ul>
  )
}

function Elsewhere({ view, say, concept }: VocabularyView & { concept: Concept }) {
  return (
    <section class="stack">
      <dl class="facts">
        {concept.codes.length > 0 && (
          <>
            <dt>{say('concept.codes')}</dt>
            <dd>
              {concept.codes.map(({ register, code }, index) => {
                const known = registers[register]
                const address = known?.address?.(code)
                return (
                  <>
                    {index > 0 && ' · '}
                    <span class="nowrap">
                      {known?.name ?? register}{' '}
                      {address === undefined ? (
                        code
                      ) : (
                        <a href={address} rel="nofollow noopener external">
                          {code}
                        </a>
                      )}
                    </span>
                  </>
                )
              })}
            </dd>
          </>
        )}
        {concept.matches.length > 0 && (
          <>
            <dt>{say('concept.matches')}</dt>
            <dd>{concept.matches.map(({ scheme, uri }) => `${scheme}: ${uri}`).join(' · ')}</dd>
          </>
        )}
        {concept.replaces.length > 0 && (
          <>
            <dt>{say('concept.replaces')}</dt>
            <dd>
              {concept.replaces.map((each, index) => (
                <>
                  {index > 0 && ' · '}
                  <ConceptLink view={view} to={each} />
                </>
              ))}
            </dd>
          </>
        )}
        <dt>{say('concept.source')}</dt>
        <dd>
          {concept.scheme.name} {concept.scheme.licence !== null && <Badge>{concept.scheme.licence}</Badge>}
        </dd>
      </dl>
    </section>
  )
}

function History({ view, say, history }: VocabularyView & { history: readonly Happening[] }) {
  if (history.length === 0) return null
  return (
    <section class="stack">
      <h2>{say('concept.history')}</h2>
      <ul class="linklist">
        {history.map(({ at, verb, payload }) => {
          const what = happenings.find((each) => verb === `vocabulary.concept.${each}`)
          const reason = payload?.['reason']
          return (
            <li>
              <time datetime={at.toISOString()}>{formatMoment(at, view.language)}</time> {what && say(`concept.happening.${what}`)}
              {typeof reason === 'string' && <span class="typed">: {reason}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Doors({ view, say, concept, mayCurate }: VocabularyView & { concept: Concept; mayCurate: boolean }) {
  const at = (path: string) => view.link(`/concepts/${concept.key}/${path}`)
  return (
    <p class="small">
      {say('concept.download')}: <a href={`/api/v1/concepts/${concept.key}/turtle`}>SKOS Turtle</a> ·{' '}
      <a href={`/api/v1/concepts/${concept.key}/json-ld`}>JSON-LD</a>
      {concept.state === 'current' && (
        <>
          {' · '}
          <a href={`${view.link('/concepts/proposals/new')}?concept=${concept.key}`} rel="nofollow">
            {say('concept.propose')}
          </a>
        </>
      )}
      {mayCurate && (
        <>
          {' · '}
          <a href={at('edit')}>{say('concept.edit')}</a>
        </>
      )}
    </p>
  )
}
