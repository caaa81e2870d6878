import type { Issue } from '../../../platform/errors.ts'
import { languageNames, languages } from '../../../platform/i18n/languages.ts'
import { Field, Form, IssueSummary } from '../../../platform/ui/form.tsx'
import { Layout } from '../../../platform/ui/layout.tsx'
import type { Concept } from '../store/concepts.ts'
import { labelLines } from '../rules/labels.ts'
import { ConceptLink, nameOf, type VocabularyView } from './parts.tsx'

export type Typed = Record<string, string | undefined>

/** What a form shows of a concept before anybody has typed. */
export const typedOf = (concept: Concept | undefined): Typed =>
  concept === undefined
    ? { version: '0' }
    : {
        ...Object.fromEntries(languages.map((language) => [language, labelLines(concept.labels, language)])),
        broader: concept.broader.map(({ key }) => key).join(' '),
        related: concept.related.map(({ key }) => key).join(' '),
        codes: concept.codes.map(({ register, code }) => `${register}:${code}`).join(' '),
        note: concept.note ?? '',
        version: String(concept.version),
      }

const fieldLabels = ({ say }: Pick<VocabularyView, 'say'>) => ({
  ...languageNames,
  key: say('concept.key'),
  broader: say('concept.broader'),
  related: say('concept.related'),
  codes: say('concept.codes'),
  note: say('concept.note'),
  reason: say('concept.reason'),
  kept: say('concept.merge-into'),
})

type FieldsProps = VocabularyView & { typed: Typed; issues: readonly Issue[]; isNew: boolean }

/** The fields of a whole concept. */
export function ConceptFields({ view, say, typed, issues, isNew }: FieldsProps) {
  const labels = fieldLabels({ say })
  return (
    <>
      <input type="hidden" name="version" value={typed['version'] ?? '0'} />
      {isNew && <Field view={view} issues={issues} name="key" label={labels.key} hint={say('concept.key-hint')} value={typed['key']} maxLength={120} />}
      {languages.map((language, index) => (
        <Field
          view={view}
          issues={issues}
          name={language}
          label={labels[language]}
          {...(index === 0 && { hint: say('concept.labels-hint') })}
          value={typed[language]}
          maxLength={3000}
          lines={4}
          required
        />
      ))}
      <Field view={view} issues={issues} name="broader" label={labels.broader} hint={say('concept.keys-hint')} value={typed['broader']} maxLength={2000} />
      <Field view={view} issues={issues} name="related" label={labels.related} hint={say('concept.keys-hint')} value={typed['related']} maxLength={2000} />
      <Field view={view} issues={issues} name="codes" label={labels.codes} hint={say('concept.codes-hint')} value={typed['codes']} maxLength={2000} />
      <Field view={view} issues={issues} name="note" label={labels.note} value={typed['note']} maxLength={2000} lines={2} />
    </>
  )
}

/** What is wrong with a form of the vocabulary, above it. */
export const Wrong = ({ view, say, issues }: VocabularyView & { issues: readonly Issue[] }) => (
  <IssueSummary view={view} issues={issues} labels={fieldLabels({ say })} />
)

export type EditProps = VocabularyView & { concept: Concept; typed?: Typed | undefined; issues?: readonly Issue[]; stale?: boolean }

/** Whoever curates writes a concept anew, merges it, retires it or brings it back. */
export function EditPage({ view, say, concept, typed = typedOf(concept), issues = [], stale = false }: EditProps) {
  const at = (path: string) => view.link(`/concepts/${concept.key}/${path}`)
  const name = nameOf(concept.names, view, concept.key)
  return (
    <Layout view={view} title={`${say('concept.edit')}: ${name}`} unlisted>
      <section class="stack">
        <p class="kicker">
          <a href={view.link('/concepts')}>{say('vocabulary.title')}</a> › <ConceptLink view={view} to={concept} />
        </p>
        <h1>{say('concept.edit')}</h1>
        {stale && <Stale view={view} say={say} concept={concept} />}
        <Wrong view={view} say={say} issues={issues} />
        <Form action={at('edit')}>
          <ConceptFields view={view} say={say} typed={stale ? { ...typed, version: String(concept.version) } : typed} issues={issues} isNew={false} />
          <button class="btn">{say('concept.save')}</button>
        </Form>
      </section>
      {concept.state === 'current' ? (
        <section class="two">
          <Decision view={view} say={say} action={at('merger')} label={say('concept.merge')} concept={concept} typed={typed} issues={issues} into />
          <Decision view={view} say={say} action={at('retirement')} label={say('concept.retire')} concept={concept} typed={typed} issues={[]} />
        </section>
      ) : (
        <Decision view={view} say={say} action={at('restoration')} label={say('concept.restore')} concept={concept} typed={typed} issues={[]} />
      )}
    </Layout>
  )
}

function Stale({ view, say, concept }: VocabularyView & { concept: Concept }) {
  return (
    <div class="note bad" role="alert">
      <b>{say('concept.stale')}</b>
      <dl>
        {languages.map((language) => (
          <>
            <dt>{languageNames[language]}</dt>
            <dd class="typed">{labelLines(concept.labels, language)}</dd>
          </>
        ))}
      </dl>
      <ConceptLink view={view} to={concept} />
    </div>
  )
}

type DecisionProps = VocabularyView & { action: string; label: string; concept: Concept; typed: Typed; issues: readonly Issue[]; into?: boolean }

function Decision({ say, action, label, concept, typed, issues, into = false }: DecisionProps) {
  const isOpen = issues.some(({ path }) => path === 'kept')
  return (
    <details class="folded" open={isOpen}>
      <summary>{label}</summary>
      <form class="form" method="post" action={action} novalidate>
        <input type="hidden" name="version" value={String(concept.version)} />
        {into && (
          <div class={isOpen ? 'field wrong' : 'field'}>
            <label for="kept">{say('concept.merge-into')}</label>
            <p class="small" id="kept-hint">
              {say('concept.merge-hint')}
            </p>
            <input id="kept" name="kept" value={typed['kept'] ?? ''} maxlength={120} required aria-describedby="kept-hint" />
          </div>
        )}
        <label>
          <span>{say('concept.reason')}</span> <small>{say('concept.reason-hint')}</small>
          <textarea name="reason" maxlength={2000} rows={2} required>
            {typed['reason'] ?? ''}
          </textarea>
        </label>
        <button class="btn end">{label}</button>
      </form>
    </details>
  )
}
